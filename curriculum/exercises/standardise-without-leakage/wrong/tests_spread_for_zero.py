# category: value
import numpy as np


class Standardiser:
    def fit(self, x):
        x = np.asarray(x, float)
        self.mean = np.nanmean(x, axis=0)
        self.scale = np.nanstd(x, axis=0)
        self.scale[self.scale == 0] = 1.0

    def transform(self, x):
        return (np.asarray(x, float) - self.mean) / self.scale
