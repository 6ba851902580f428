def checked_join(left, right, on):
    complete = right.dropna(subset=on)
    if complete.duplicated(on).any():
        raise ValueError("a key occurs more than once in the right table")
    joined = left.merge(complete, on=on, how="left", indicator=True)
    matched = joined.pop("_merge") == "both"
    used = complete.merge(left[on].drop_duplicates(), on=on)
    return joined, len(left) - int(matched.sum()), len(right) - len(used)
