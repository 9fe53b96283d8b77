"""Files and members of archives, opened the same way. Imports errors."""

from __future__ import annotations

import gzip
import hashlib
import lzma
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from dechallenge.errors import InputError

SUFFIXES = (".txt", ".csv", ".gz", ".parquet", ".zip")


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read.

    Attributes:
        name: What it is called in messages: below the folder that was given, the archive before its member.
        path: The file, or the archive it lies in.
        member: Its name within the archive; empty for a plain file.
    """

    name: str
    path: Path
    member: str = ""

    @property
    def base(self) -> str:
        """The bare file name, without that of compression."""
        return (self.member or self.path.name).rsplit("/", 1)[-1].removesuffix(".gz")

    @property
    def plain(self) -> bool:
        """Whether an engine can read the file where it lies."""
        return not self.member and self.path.suffix.lower() != ".gz"

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """The bytes from the beginning.

        Raises:
            InputError: The file cannot be read, or the archive is cut off or damaged.
        """
        try:
            if self.member:
                with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as stream:
                    yield cast(BinaryIO, stream)
            elif not self.plain:
                with gzip.open(self.path) as unpacked:
                    yield cast(BinaryIO, unpacked)
            else:
                with self.path.open("rb") as file:
                    yield file
        except (
            zipfile.BadZipFile,
            EOFError,
            zlib.error,
            lzma.LZMAError,
            gzip.BadGzipFile,
            NotImplementedError,
        ) as error:
            raise InputError(
                f"the archive is cut off or damaged ({error}).", place=self.name, next_step="Download it again."
            ) from error
        except (FileNotFoundError, PermissionError, IsADirectoryError) as error:
            raise InputError(
                f"the file cannot be read ({error.strerror}).", place=self.name, next_step="Check the path."
            ) from error


def digest_of(source: Source) -> str:
    """The SHA-256 of the bytes of a file."""
    digest = hashlib.sha256()
    with source.opened() as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def sources_in(paths: Sequence[str | Path]) -> tuple[list[Source], list[InputError]]:
    """All files below folders and in archives, in the order of their names, and the archives that cannot be opened.

    Raises:
        InputError: A path does not exist.
    """
    found: dict[Source, None] = {}
    problems: list[InputError] = []
    for given in paths:
        path = Path(given)
        if path.is_dir():
            files = sorted(p for p in path.rglob("*") if p.is_file() and not p.is_symlink())
            below = [(str(p.relative_to(path.parent)), p) for p in files if p.suffix.lower() in SUFFIXES]
        elif path.is_file():
            below = [(path.name, path)]
        else:
            raise InputError("there is no such file or folder.", place=str(given), next_step="Check the path.")
        for name, file in below:
            if file.suffix.lower() != ".zip":
                found[Source(name, file)] = None
                continue
            try:
                found.update((member, None) for member in _members(name, file))
            except InputError as error:
                problems.append(error)
    return list(found), problems


def _members(name: str, path: Path) -> list[Source]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = sorted(info.filename for info in archive.infolist() if not info.is_dir())
    except (zipfile.BadZipFile, OSError) as error:
        raise InputError(
            f"the archive is cut off or damaged ({error}).", place=name, next_step="Download it again."
        ) from error
    return [Source(f"{name}/{member}", path, member) for member in members]
