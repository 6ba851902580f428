# category: shape
def checked_join(left, right, on):
    complete = right.dropna(subset=on)
    if complete.duplicated(on).any():
        raise ValueError("a key occurs more than once in the right table")
    joined = left.merge(complete, on=on)
    used = complete.merge(left[on].drop_duplicates(), on=on)
    return joined, len(left) - len(joined), len(right) - len(used)
