# category: value
def checked_join(left, right, on):
    complete = right.dropna(subset=on)
    if complete.duplicated(on).any():
        raise ValueError("a key occurs more than once in the right table")
    joined = left.merge(complete, on=on, how="left", indicator=True)
    matched = joined.pop("_merge") == "both"
    return joined, int((~matched).sum()), len(right) - int(matched.sum())
