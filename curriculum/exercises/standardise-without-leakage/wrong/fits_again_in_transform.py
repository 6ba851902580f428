# category: value
import numpy as np


class Standardiser:
    def fit(self, x):
        pass

    def transform(self, x):
        x = np.asarray(x, float)
        constant = np.nanmin(x, axis=0) == np.nanmax(x, axis=0)
        return (x - np.nanmean(x, axis=0)) / np.where(constant, 1.0, np.nanstd(x, axis=0))
