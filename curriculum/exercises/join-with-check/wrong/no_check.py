# category: raises
def checked_join(left, right, on):
    complete = right.dropna(subset=on)
    joined = left.merge(complete, on=on, how="left", indicator=True)
    matched = joined.pop("_merge") == "both"
    used = complete.merge(left[on].drop_duplicates(), on=on)
    return joined, len(left) - int(matched.sum()), len(right) - len(used)
