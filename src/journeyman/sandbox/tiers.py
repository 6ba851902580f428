"""What each tier has imported before learner code arrives, and the environment that it sees."""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path

from journeyman.core.exercise import Tier

# What submissions often import. Each megabyte here costs every submission about as much as
# importing one small module costs the few that need it, so the rest is left to them.
_STANDARD = """
abc array ast base64 bisect cmath collections contextlib copy dataclasses datetime decimal enum
fractions functools hashlib heapq inspect io itertools json logging math numbers operator os
pathlib pickle pprint queue random re statistics string struct sys textwrap threading time
traceback types typing warnings weakref
""".split()  # noqa: SIM905
_NUMPY = """
numpy numpy.random numpy.linalg numpy.fft numpy.lib.stride_tricks
""".split()  # noqa: SIM905
_SKLEARN = """
scipy.linalg scipy.sparse scipy.sparse.linalg scipy.stats scipy.optimize scipy.special
scipy.spatial.distance scipy.signal scipy.interpolate scipy.integrate scipy.cluster.hierarchy
pandas matplotlib.pyplot matplotlib.backends.backend_agg
sklearn.base sklearn.cluster sklearn.compose sklearn.datasets sklearn.decomposition
sklearn.discriminant_analysis sklearn.dummy sklearn.ensemble sklearn.feature_extraction.text
sklearn.feature_selection sklearn.impute sklearn.inspection sklearn.linear_model
sklearn.manifold sklearn.metrics sklearn.mixture sklearn.model_selection sklearn.naive_bayes
sklearn.neighbors sklearn.neural_network sklearn.pipeline sklearn.preprocessing sklearn.svm
sklearn.tree sklearn.calibration sklearn.kernel_ridge sklearn.gaussian_process
""".split()  # noqa: SIM905
_TORCH = """
torch torch.nn.functional torch.optim torch.utils.data torch._dynamo
""".split()  # noqa: SIM905

MODULES: dict[Tier, tuple[str, ...]] = {
    "numpy": (*_STANDARD, *_NUMPY),
    "sklearn": (*_STANDARD, *_NUMPY, *_SKLEARN),
    "torch": (*_STANDARD, *_NUMPY, *_TORCH),
}
# Room for small objects that each tier fills, measured after its imports (see ``arenas``).
SMALL_OBJECTS_MB: dict[Tier, int] = {"numpy": 12, "sklearn": 70, "torch": 70}
# The library without which the tier is not there at all.
NEEDS: dict[Tier, str] = {"numpy": "numpy", "sklearn": "sklearn", "torch": "torch"}

_SYSTEM = """
/lib /lib64 /usr/lib /usr/lib64 /usr/local/lib /usr/share/zoneinfo /usr/share/fonts
/usr/local/share/fonts /etc/localtime /etc/ld.so.cache /etc/fonts /dev/null /dev/zero /dev/urandom
/dev/random /proc/cpuinfo /proc/meminfo /proc/stat /proc/sys/vm/overcommit_memory
/sys/devices/system/cpu /sys/devices/system/node
""".split()  # noqa: SIM905


def environment(cache: Path) -> dict[str, str]:
    """Everything that the warm process has in its environment: no secret, one thread a library.

    Args:
        cache: A directory that the warm process may write (matplotlib's list of fonts).
    """
    keep = {name: os.environ[name] for name in ("SYSTEMROOT", "SystemRoot") if name in os.environ}
    return {
        **keep,
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": "/nonexistent",
        "PYTHONHASHSEED": "0",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "VECLIB_MAXIMUM_THREADS": "1",
        # Without these, pandas' arrow starts a thread before the fork, and joblib starts processes.
        "JE_ARROW_MALLOC_CONF": "background_thread:false",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "JOBLIB_MULTIPROCESSING": "0",
        "LOKY_MAX_CPU_COUNT": "1",
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": str(cache),
    }


def code_directories() -> list[str]:
    """Where Python's own code and the installed libraries lie."""
    paths = sysconfig.get_paths()
    found = [paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    return [*found, f"{sys.base_prefix}/lib", f"{sys.prefix}/lib"]


def readable_roots() -> list[str]:
    """What learner code may read on Linux, before anything hidden is taken out."""
    return [*_SYSTEM, *code_directories()]


def package_root() -> Path:
    """The installed package: holds the engine and, in a wheel, the references of the exercises."""
    return Path(__file__).resolve().parent.parent
