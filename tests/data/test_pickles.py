import datetime as dt
import io
import os
import pickle
import sys

import numpy as np
import pandas as pd
import pytest

from journeyman.data.pickle_child import FrameUnpickler, Refused
from journeyman.data.pickles import table_of_pickle
from journeyman.errors import Unavailable

FRAME = pd.DataFrame(
    {
        "n": np.arange(3, dtype=np.int64),
        "x": [0.5, np.nan, 2.0],
        "w": pd.Series(["a", np.nan, "ü"], dtype=object),
    }
)
FRAME.columns = FRAME.columns.astype(object)  # as in the archives: no extension arrays


class Evil:
    def __init__(self, *call):
        self.call = call

    def __reduce__(self):
        return self.call


def load(content):
    return FrameUnpickler(io.BytesIO(content)).load()


def test_a_frame_comes_back():
    pd.testing.assert_frame_equal(load(pickle.dumps(FRAME)), FRAME)


@pytest.mark.parametrize(
    "thing",
    [
        Evil(os.system, ("true",)),
        Evil(eval, ("1",)),
        Evil(getattr, (FRAME, "to_csv")),
        Evil(np.load, ("x",)),
        Evil(pd.read_pickle, ("x",)),
        Evil(pd.eval, ("1",)),
        dt.date(2020, 1, 1),
        pd.DataFrame({"a": pd.Series([Evil(os.getcwd, ())], dtype=object)}),
    ],
)
def test_whatever_else_a_pickle_names_is_refused(thing):
    with pytest.raises(Refused, match="it names"):
        load(pickle.dumps(thing))


@pytest.mark.parametrize(
    "name", ["os\nsystem", "numpy.core.multiarray\nfromfile", "builtins\nexec"]
)
def test_dotted_and_old_names_are_refused_too(name):
    with pytest.raises(Refused):
        load(b"c" + name.encode() + b"\n.")


def test_a_dotted_attribute_does_not_slip_through():
    with pytest.raises(Refused):
        load(b"\x80\x04\x8c\x05numpy\x8c\x0endarray.tofile\x93.")


def test_the_confined_child_gives_the_same_values():
    made = table_of_pickle(pickle.dumps(FRAME))
    assert made.to_pydict() == {"n": [0, 1, 2], "x": [0.5, None, 2.0], "w": ["a", None, "ü"]}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (pickle.dumps(Evil(os.system, ("true",))), "refused: it names .*system"),
        (pickle.dumps([1]), "refused: it holds a list"),
        (b"junk", "cannot be read"),
        (b"", "cannot be read"),
        (pickle.dumps(FRAME)[:-20], "cannot be read"),
    ],
)
def test_the_child_says_why_in_one_sentence(content, said):
    with pytest.raises(Unavailable, match=said) as caught:
        table_of_pickle(content)
    assert "\n" not in caught.value.message


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the jail is Linux's")
def test_the_child_can_neither_read_files_nor_use_the_network(tmp_path):
    """Run the child's own ``confine`` and try: where the machine has the layer, it must hold."""
    import json
    import subprocess

    from journeyman.sandbox.isolation import probe

    code = (
        "import json, socket\n"
        "from journeyman.data.pickle_child import confine, warm\n"
        "warm(); confine(); told = {}\n"
        "try: open('/etc/passwd').read(); told['landlock'] = False\n"
        "except OSError: told['landlock'] = True\n"
        "try: socket.socket(); told['seccomp'] = False\n"
        "except OSError: told['seccomp'] = True\n"
        "print(json.dumps(told))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    assert told == {name: probe()[name] for name in ("landlock", "seccomp")}
