"""A power cut for SQLite: what it writes goes through us, and after the cut only what was flushed is there.

A layer under SQLite (a VFS, https://www.sqlite.org/vfs.html) notes every write, truncation and flush. A cut
at any place of these notes is then laid out as files: everything up to a file's last flush, and of what came
after it nothing, or whatever parts chance let through. A killed process cannot show this: what it wrote stays
with the system.
"""

import ctypes
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_int64, c_void_p
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pysqlite3._sqlite3 as library

_OPEN = CFUNCTYPE(c_int, c_void_p, c_char_p, c_void_p, c_int, POINTER(c_int))
_WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC = CFUNCTYPE(c_int, c_void_p, c_int)
_VFS_FUNCTIONS, _IO_FUNCTIONS = 16, 18  # of version 3 of both structures


class _Vfs(ctypes.Structure):
    _fields_ = (
        ("version", c_int), ("file_size", c_int), ("longest_path", c_int), ("following", c_void_p),
        ("name", c_char_p), ("data", c_void_p), ("functions", c_void_p * _VFS_FUNCTIONS),
    )  # fmt: skip


class _Io(ctypes.Structure):
    _fields_ = (("version", c_int), ("functions", c_void_p * _IO_FUNCTIONS))


_XOPEN, _XWRITE, _XTRUNCATE, _XSYNC = 0, 2, 3, 4  # places among the functions


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that was done to a file; `flush` has neither data nor offset."""

    kind: str
    file: str
    offset: int = 0
    data: bytes = b""


@dataclass(slots=True)
class Disk:
    """The files as they were before, and everything done to them since; `_kept` holds what C calls back."""

    before: Mapping[str, bytes]
    notes: list[Note] = field(default_factory=list)
    _kept: list[Any] = field(default_factory=list)

    @property
    def now(self) -> int:
        return len(self.notes)

    def after_cut(self, at: int, folder: Path, *, luck: Random | None = None) -> None:
        """Lay the files out as a cut after `at` notes leaves them; with luck, some of the rest arrived."""
        done = self.notes[:at]
        flushed = {note.file: place for place, note in enumerate(done) if note.kind == "flush"}
        content = {file: bytearray(data) for file, data in self.before.items()}
        for place, note in enumerate(done):
            arrived = place < flushed.get(note.file, -1)
            if arrived or (luck is not None and luck.random() < 0.5):
                _apply(content.setdefault(note.file, bytearray()), note)
        folder.mkdir()
        for file, data in content.items():
            (folder / file).write_bytes(data)


def _apply(content: bytearray, note: Note) -> None:
    if note.kind == "truncate":
        del content[note.offset :]
    if note.kind == "write":
        content.extend(bytes(max(0, note.offset - len(content))))
        content[note.offset : note.offset + len(note.data)] = note.data


@contextmanager
def watched(folder: Path) -> Iterator[Disk]:
    """Every SQLite file opened inside the block is watched; close what you open before its end."""
    disk = Disk({path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()})
    sqlite = ctypes.CDLL(library.__file__)
    sqlite.sqlite3_vfs_find.restype = POINTER(_Vfs)
    usual = sqlite.sqlite3_vfs_find(None)
    ours = _Vfs.from_buffer_copy(usual.contents)
    ours.name = b"watched"
    open_usual = _OPEN(usual.contents.functions[_XOPEN])

    def opened(_vfs: int, name: bytes | None, file: int, flags: int, out: Any) -> int:
        status = int(open_usual(ctypes.addressof(usual.contents), name, file, flags, out))
        if status == 0 and name is not None:
            _watch(disk, file, Path(name.decode()).name)
        return status

    callback = _OPEN(opened)
    ours.functions[_XOPEN] = ctypes.cast(callback, c_void_p).value
    disk._kept += [ours, callback]
    sqlite.sqlite3_vfs_register(ctypes.byref(ours), 1)
    try:
        yield disk
    finally:
        sqlite.sqlite3_vfs_unregister(ctypes.byref(ours))
        sqlite.sqlite3_vfs_register(usual, 1)


def _watch(disk: Disk, file: int, name: str) -> None:
    """Put our functions in the place of an open file's; they note and then do the usual."""
    methods = c_void_p.from_address(file)
    usual = _Io.from_address(methods.value or 0)
    ours = _Io.from_buffer_copy(usual)
    write, truncate, flush = (
        kind(usual.functions[place])
        for kind, place in ((_WRITE, _XWRITE), (_TRUNCATE, _XTRUNCATE), (_SYNC, _XSYNC))
    )

    def on_write(file: int, data: int, size: int, offset: int) -> int:
        disk.notes.append(Note("write", name, offset, ctypes.string_at(data, size)))
        return int(write(file, data, size, offset))

    def on_truncate(file: int, size: int) -> int:
        disk.notes.append(Note("truncate", name, size))
        return int(truncate(file, size))

    def on_flush(file: int, flags: int) -> int:
        status = int(flush(file, flags))
        disk.notes.append(Note("flush", name))
        return status

    callbacks = (_WRITE(on_write), _TRUNCATE(on_truncate), _SYNC(on_flush))
    for place, callback in zip((_XWRITE, _XTRUNCATE, _XSYNC), callbacks, strict=True):
        ours.functions[place] = ctypes.cast(callback, c_void_p).value
    disk._kept += [ours, *callbacks]
    methods.value = ctypes.addressof(ours)
