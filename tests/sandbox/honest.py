"""Ordinary work that must run inside the jail: each ``f(x)`` returns ``2 * x`` at its end."""

NUMPY = {
    "dataclasses": """
        from dataclasses import dataclass, field
        @dataclass
        class P:
            x: float
            y: list = field(default_factory=list)
        def f(x):
            P(1.0).y.append(1)
            return 2 * x
        """,
    "typing and generics": """
        from typing import Generic, Protocol, TypeVar
        T = TypeVar("T")
        class Box(Generic[T]):
            def __init__(self, item: T) -> None: self.item = item
        def f(x):
            return 2 * Box[object](x).item
        """,
    "logging": """
        import logging
        logging.basicConfig(level=logging.INFO)
        def f(x):
            logging.getLogger(__name__).info("shape %s", x.shape)
            return 2 * x
        """,
    "warnings": """
        import warnings
        def f(x):
            warnings.warn("careful")
            return 2 * x
        """,
    "seeds": """
        import random
        import numpy as np
        random.seed(1); np.random.seed(1)
        rng = np.random.default_rng()
        def f(x):
            random.random(); rng.normal(size=3)
            return 2 * x
        """,
    "temporary files": """
        import tempfile
        import numpy as np
        def f(x):
            with tempfile.TemporaryDirectory() as folder:
                np.save(folder + "/x.npy", x)
                x = np.load(folder + "/x.npy")
            with tempfile.NamedTemporaryFile() as file: file.write(b"x")
            return 2 * x
        """,
    "csv and json": """
        import csv, json, pathlib
        def f(x):
            with open("a.csv", "w", newline="") as file: csv.writer(file).writerow([1, 2])
            pathlib.Path("a.json").write_text(json.dumps({"a": [1, 2]}))
            assert json.loads(pathlib.Path("a.json").read_text())["a"] == [1, 2]
            return 2 * x
        """,
    "copying files": """
        import os, shutil
        def f(x):
            open("a", "w").write("x")
            shutil.copy("a", "b"); shutil.copytree(".", "c"); shutil.move("b", "d"); shutil.rmtree("c")
            os.rename("d", "e"); os.remove("e")
            return 2 * x
        """,
    "pickle of one's own": """
        import pickle, copy
        class A: pass
        def f(x):
            return 2 * pickle.loads(pickle.dumps(copy.deepcopy(x)))
        """,
    "memory maps": """
        import numpy as np
        def f(x):
            m = np.memmap("m", dtype=float, mode="w+", shape=(10,))
            m[:] = 1; m.flush()
            return 2 * x
        """,
    "threads": """
        from concurrent.futures import ThreadPoolExecutor
        def f(x):
            with ThreadPoolExecutor(4) as pool: return sum(pool.map(lambda y: y, [x, x]))
        """,
    "asyncio": """
        import asyncio
        async def g(x):
            await asyncio.sleep(0)
            return 2 * x
        def f(x): return asyncio.run(g(x))
        """,
    "a queue and a timer": """
        import queue, threading
        def f(x):
            q = queue.Queue()
            threading.Timer(0.001, q.put, [x]).start()
            return 2 * q.get(timeout=1)
        """,
    "time and dates": """
        import datetime, time, zoneinfo
        def f(x):
            time.sleep(0.001); time.perf_counter(); time.process_time()
            datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Berlin"))
            return 2 * x
        """,
    "subclassing arrays": """
        import numpy as np
        class A(np.ndarray): pass
        def f(x): return np.asarray(2 * x.view(A))
        """,
    "linear algebra": """
        import numpy as np
        def f(x):
            a = np.random.rand(50, 50)
            np.linalg.svd(a); np.linalg.solve(a, a); np.linalg.eigh(a @ a.T); np.fft.fft(a)
            return 2 * x
        """,
    "einsum and strides": """
        import numpy as np
        def f(x):
            np.einsum("i,j->ij", x, x)
            if len(x): np.lib.stride_tricks.sliding_window_view(x, 1)
            return 2 * x
        """,
    "a large array": """
        import numpy as np
        def f(x):
            np.ones((1000, 1000)).sum()
            return 2 * x
        """,
    "caches and recursion": """
        from functools import lru_cache
        @lru_cache(None)
        def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
        def f(x):
            assert fib(300) > 0
            return 2 * x
        """,
    "context managers": """
        import contextlib, io
        def f(x):
            with contextlib.redirect_stdout(io.StringIO()) as out: print("hidden")
            assert out.getvalue() == "hidden\\n"
            return 2 * x
        """,
    "decorators and closures": """
        import functools
        def twice(g):
            @functools.wraps(g)
            def wrapped(x): return 2 * g(x)
            return wrapped
        @twice
        def f(x): return x
        """,
    "hashes and uuids": """
        import hashlib, secrets, uuid
        def f(x):
            hashlib.sha256(x.tobytes()).hexdigest(); uuid.uuid4(); secrets.token_hex(8)
            return 2 * x
        """,
    "unittest in the file": """
        import unittest
        def f(x): return 2 * x
        class T(unittest.TestCase):
            def test(self): self.assertEqual(f(2), 4)
        def load():
            suite = unittest.defaultTestLoader.loadTestsFromTestCase(T)
            assert unittest.TextTestRunner().run(suite).wasSuccessful()
        load()
        if __name__ == "__main__": unittest.main()
        """,
    "the processor's number": """
        import os, platform, sys
        def f(x):
            os.cpu_count(); len(os.sched_getaffinity(0)); platform.platform(); sys.getsizeof(x)
            return 2 * x
        """,
    "devnull": """
        import os
        def f(x):
            with open(os.devnull, "w") as file: print("x", file=file)
            return 2 * x
        """,
}
SKLEARN = {
    "k-means": """
        import numpy as np
        from sklearn.cluster import KMeans
        def f(x):
            KMeans(2, n_init=2, random_state=0).fit(np.random.rand(60, 2))
            return 2 * x
        """,
    "gradient boosting": """
        import numpy as np
        from sklearn.ensemble import HistGradientBoostingClassifier
        def f(x):
            HistGradientBoostingClassifier(max_iter=3).fit(np.random.rand(60, 2), np.arange(60) % 2)
            return 2 * x
        """,
    "a forest with n_jobs": """
        import numpy as np
        from sklearn.ensemble import RandomForestClassifier
        def f(x):
            RandomForestClassifier(4, n_jobs=2).fit(np.random.rand(60, 2), np.arange(60) % 2)
            return 2 * x
        """,
    "cross-validation with n_jobs": """
        from sklearn.datasets import load_iris
        from sklearn.linear_model import LogisticRegression
        from sklearn.model_selection import GridSearchCV
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import StandardScaler
        def f(x):
            model = make_pipeline(StandardScaler(), LogisticRegression())
            grid = {"logisticregression__C": [0.1, 1.0]}
            GridSearchCV(model, grid, n_jobs=2, cv=2).fit(*load_iris(return_X_y=True))
            return 2 * x
        """,
    "pandas": """
        import numpy as np
        import pandas as pd
        def f(x):
            frame = pd.DataFrame({"k": list("aab"), "v": [1.0, 2.0, None]})
            frame.groupby("k").agg({"v": ["mean", "count"]}); frame.merge(frame, on="k")
            frame.to_csv("a.csv"); pd.read_csv("a.csv"); pd.to_datetime(["2020-01-01"])
            pd.get_dummies(frame); frame.pivot_table("v", "k")
            return 2 * x
        """,
    "a figure": """
        import matplotlib.pyplot as plt
        def f(x):
            figure, axes = plt.subplots()
            axes.plot(x, label="x"); axes.legend(); axes.set_title("t")
            figure.savefig("a.png"); figure.savefig("a.svg")
            return 2 * x
        """,
    "scipy": """
        import numpy as np
        from scipy import integrate, interpolate, optimize, signal, sparse, stats
        def f(x):
            optimize.minimize(lambda v: (v**2).sum(), np.ones(3)); stats.ttest_ind([1, 2, 3], [2, 3, 5])
            sparse.linalg.spsolve(sparse.eye(5, format="csr"), np.ones(5))
            integrate.quad(np.sin, 0, 1); interpolate.CubicSpline([0, 1, 2], [0, 1, 4])
            return 2 * x
        """,
    "text and PCA": """
        import numpy as np
        from sklearn.decomposition import PCA
        from sklearn.feature_extraction.text import TfidfVectorizer
        def f(x):
            TfidfVectorizer().fit_transform(["a word", "another word"]); PCA(2).fit(np.random.rand(9, 3))
            return 2 * x
        """,
    "joblib": """
        from joblib import Memory, Parallel, delayed, dump, load
        def f(x):
            dump({"a": 1}, "a.joblib"); load("a.joblib")
            Parallel(n_jobs=2)(delayed(abs)(n) for n in range(4))
            return 2 * x
        """,
}
TORCH = {
    "a training loop": """
        import torch
        def f(x):
            torch.manual_seed(0)
            net = torch.nn.Sequential(torch.nn.Linear(2, 8), torch.nn.ReLU(), torch.nn.Linear(8, 1))
            step = torch.optim.Adam(net.parameters())
            for _ in range(3):
                step.zero_grad(); net(torch.randn(16, 2)).pow(2).mean().backward(); step.step()
            return 2 * x
        """,
    "a data loader": """
        import torch
        from torch.utils.data import DataLoader, TensorDataset
        def f(x):
            for _ in DataLoader(TensorDataset(torch.arange(8)), batch_size=2, shuffle=True): pass
            torch.save({"a": torch.ones(2)}, "a.pt"); torch.load("a.pt")
            return 2 * x
        """,
}
WORKLOADS = [
    (tier, name, source)
    for tier, table in (("numpy", NUMPY), ("sklearn", SKLEARN), ("torch", TORCH))
    for name, source in table.items()
]
