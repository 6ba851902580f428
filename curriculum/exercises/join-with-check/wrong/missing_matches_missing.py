# category: value
def checked_join(left, right, on):
    if right.dropna(subset=on).duplicated(on).any():
        raise ValueError("a key occurs more than once in the right table")
    right = right.drop_duplicates(on)
    joined = left.merge(right, on=on, how="left", indicator=True)
    matched = joined.pop("_merge") == "both"
    used = right.merge(left[on].drop_duplicates(), on=on)
    return joined, len(left) - int(matched.sum()), len(right) - len(used)
