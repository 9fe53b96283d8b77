"""Zip archives opened within limits: bombs, damage and passwords are refused with a message. Imports errors."""

from __future__ import annotations

import io
import zipfile
import zlib

from dechallenge.errors import InputError

MAX_MEMBERS = 2_000
MAX_TOTAL = 200_000_000
"""Bytes that one archive may hold unpacked, with the archives inside it."""
MAX_RATIO = 200
"""Times its packed size that a member may unpack to; running text packs to about a third."""
_SMALL = 1_000_000
"""Unpacked bytes up to which the ratio is not looked at."""
_CHUNK = 1 << 16


def opened(data: bytes, name: str, what: str = "zip file") -> zipfile.ZipFile:
    """The archive.

    Raises:
        InputError: Damaged, cut off, or with too many members.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        count = len(archive.infolist())
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, EOFError, NotImplementedError, KeyError):
        raise InputError(
            f"this {what} is damaged or cut off", place=name, next_step="Get the file again, or give its text."
        ) from None
    except Exception as error:  # whatever a damaged directory of members may raise
        raise InputError(
            f"this {what} cannot be opened ({type(error).__name__})", place=name, next_step="Get the file again."
        ) from None
    if count > MAX_MEMBERS:
        raise InputError(
            f"this {what} holds {count:,} files; the limit is {MAX_MEMBERS:,}",
            place=name,
            next_step="Unpack it and give the reports in parts.",
        )
    return archive


def member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int, name: str) -> bytes:
    """The bytes of a member, never more than the limit, whatever its header says.

    Raises:
        InputError: A password is needed, it is damaged, too large, or unpacks to many times its size.
    """
    if info.flag_bits & 0x1:
        raise InputError(
            "this file is locked with a password", place=name, next_step="Unpack it with its password and give that."
        )
    if info.file_size > _SMALL and info.file_size > MAX_RATIO * max(1, info.compress_size):
        raise _bomb(name)
    if info.file_size > limit:
        raise _large(limit, name)
    parts: list[bytes] = []
    size = 0
    try:
        with archive.open(info) as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                if size > limit:
                    raise _large(limit, name)
                parts.append(chunk)
    except InputError:
        raise
    except NotImplementedError:
        raise InputError(
            "this file is packed in a way that is not known here", place=name, next_step="Unpack it and give that."
        ) from None
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, RuntimeError, KeyError):
        raise InputError(
            "this file in the archive is damaged", place=name, next_step="Get the archive again."
        ) from None
    except Exception as error:  # lzma and bz2 raise their own
        raise InputError(
            f"this file in the archive cannot be unpacked ({type(error).__name__})",
            place=name,
            next_step="Get the archive again.",
        ) from None
    return b"".join(parts)


def _bomb(name: str) -> InputError:
    return InputError(
        f"this file unpacks to more than {MAX_RATIO} times its size, as a zip bomb does",
        place=name,
        next_step="Unpack it yourself, check it, and give the reports.",
    )


def _large(limit: int, name: str) -> InputError:
    return InputError(
        f"this file unpacks to more than {limit:,} bytes, which is the limit",
        place=name,
        next_step="Split it into its reports, or cut the parts that are no report.",
    )
