"""Where a bundle is read from: a folder, or an https address; never more bytes than allowed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote, urljoin, urlsplit

from journeyman.errors import Invalid, NotFound, TooLarge, Unavailable
from journeyman.proof.bundle import MANIFEST, walk

if TYPE_CHECKING:
    import httpx

LARGEST_SITE = 2 << 30
_BLOCK = 1 << 20
_SECONDS = 20.0
_PLAIN = {"Accept-Encoding": "identity"}
_REDIRECTS = 3
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Source(Protocol):
    """A bundle's files."""

    name: str

    def blocks(self, path: str) -> Iterator[bytes]:
        """A file, block by block; NotFound where there is none."""

    def paths(self) -> frozenset[str] | None:
        """All paths of the bundle; None where they cannot be listed."""


def read(source: Source, path: str, limit: int) -> bytes:
    """A whole file.

    Raises:
        NotFound: there is none. TooLarge: more than ``limit`` bytes.
    """
    found = bytearray()
    for block in source.blocks(path):
        found += block
        if len(found) > limit:
            raise TooLarge(f"{path} has more than {limit:,} bytes and was not read to its end.")
    return bytes(found)


def digest(source: Source, path: str, limit: int) -> tuple[str, int]:
    """SHA-256 and length of a file; stops soon after ``limit`` bytes."""
    made, length = hashlib.sha256(), 0
    for block in source.blocks(path):
        made.update(block)
        length += len(block)
        if length > limit:
            break
    return made.hexdigest(), length


class Folder:
    """A bundle on this machine; a symbolic link is never followed."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.name = str(root)

    def blocks(self, path: str) -> Iterator[bytes]:
        """A file of the folder."""
        file = self.root / path
        if file.resolve() != file or not file.is_file():
            raise NotFound(f"{path} is not a plain file of {self.name}.")
        with file.open("rb") as content:
            while block := content.read(_BLOCK):
                yield block

    def paths(self) -> frozenset[str]:
        """Every file and link, whatever it is called."""
        found = (path.relative_to(self.root).as_posix() for path in walk(self.root))
        return frozenset(found) - {MANIFEST}


class Web:
    """A bundle behind an https address (http only on this machine, for previews).

    Redirects are followed within the host alone; every answer has a limit in bytes and seconds.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        local = parts.scheme == "http" and parts.hostname in LOOPBACK
        if not local and (parts.scheme != "https" or not parts.hostname):
            raise Invalid(f"{url[:200]} is not an https address.")
        if parts.username or parts.password:
            raise Invalid("An address with a password in it is not opened.")
        plain = parts._replace(query="", fragment="").geturl()
        self.name = plain
        self.base = plain if plain.endswith("/") else _folder(plain)
        self._left = LARGEST_SITE

    def blocks(self, path: str) -> Iterator[bytes]:
        """A file under the address."""
        yield from self.get(urljoin(self.base, quote(path)))

    def paths(self) -> None:
        """A web server does not list its files."""
        return

    def get(self, url: str) -> Iterator[bytes]:
        """What an address answers, block by block."""
        import httpx  # noqa: PLC0415 - folders need no web client

        try:
            for _ in range(_REDIRECTS + 1):
                with self._client.stream("GET", url, headers=_PLAIN) as answer:
                    if answer.is_redirect:
                        url = self._redirected(url, answer.headers.get("location", ""))
                        continue
                    yield from self._body(answer, url)
                    return
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Unavailable(
                f"{url[:200]} cannot be fetched ({error or type(error).__name__}); try again."
            ) from error
        raise Invalid(f"{self.name} redirects without end.")

    @cached_property
    def _client(self) -> httpx.Client:
        import httpx  # noqa: PLC0415

        return httpx.Client(timeout=_SECONDS, follow_redirects=False)

    def close(self) -> None:
        """Give the connection back."""
        if "_client" in self.__dict__:
            self._client.close()

    def _redirected(self, url: str, location: str) -> str:
        new = urljoin(url, location)
        if urlsplit(new)[:2] != urlsplit(url)[:2]:
            raise Invalid(f"{url[:200]} redirects to {new[:200]}: verify that address instead.")
        return new

    def _body(self, answer: httpx.Response, url: str) -> Iterator[bytes]:
        if answer.status_code in {404, 410}:
            raise NotFound(f"There is nothing at {url[:200]}.")
        if answer.status_code != 200:
            raise Unavailable(f"{url[:200]} answers {answer.status_code}; try again later.")
        for block in answer.iter_bytes(_BLOCK):
            self._left -= len(block)
            if self._left < 0:
                raise TooLarge(f"{self.name} has more than {LARGEST_SITE >> 30} GB; it was left.")
            yield block


def _folder(url: str) -> str:
    """The folder of an address that names a file, or the address itself as a folder."""
    head, _, last = url.rpartition("/")
    return f"{head}/" if "." in last and urlsplit(url).path.count("/") else f"{url}/"


@contextmanager
def opened(target: str) -> Iterator[Source]:
    """The bundle at a path or an address.

    Raises:
        Invalid: neither.
    """
    if "://" in target:
        web = Web(target)
        try:
            yield web
        finally:
            web.close()
        return
    path = Path(target)
    if not path.is_dir():
        raise NotFound(f"There is no folder, claim or address {target[:300]!r}.")
    yield Folder(path)
