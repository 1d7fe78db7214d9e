"""Compiles the Python of a zip with the browser's own interpreter: compiling in every tab would cost seconds.

usage, inside Pyodide: precompile.py stdlib|app IN.zip OUT.zip

stdlib  compiled code in place of sources, without what no browser tab can use
app     the same for the client, all but main.py
"""

import ast
import importlib.util
import marshal
import sys
import zipfile
from collections.abc import Iterator

STDLIB_ROOT = "/lib/python313.zip/"
APP_ROOT = "/app/"
DOCUMENTATION_USED = (STDLIB_ROOT + "pyodide/", STDLIB_ROOT + "_pyodide/")
"""Where docstrings are read when the interpreter starts."""
ZIP_EPOCH = (2020, 1, 1, 0, 0, 0)

# Needs a terminal, a socket, a process, or a developer.
_UNUSABLE = """
__hello__ __phello__ _aix_support _android_support _apple_support _ios_support _osx_support _pyrepl antigravity bdb
cProfile cmd code compileall ctypes curses dbm doctest ensurepip filecmp fileinput ftplib getpass idlelib imaplib
mailbox modulefinder multiprocessing netrc nturl2path optparse pdb pickletools plistlib poplib profile pstats pty
py_compile pyclbr pydoc pydoc_data rlcompleter smtplib socketserver sqlite3 tabnanny test this timeit tkinter trace
turtle turtledemo unittest venv webbrowser wsgiref xml xmlrpc zipapp
"""
# Used by nothing that the client, pygame or Pyodide's own start imports: web servers, command lines, calendars.
_UNUSED = """
_strptime argparse calendar configparser csv fractions gettext html http ipaddress statistics urllib zoneinfo
"""
# Fallbacks in Python for what Pyodide has in C.
_FALLBACKS = "_pydatetime _pydecimal _pyio"
_ENCODINGS = """
__init__ aliases ascii charmap cp437 idna latin_1 punycode raw_unicode_escape undefined unicode_escape
utf_16 utf_16_be utf_16_le utf_32 utf_8 utf_8_sig
"""
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
LEFT_OUT = {*_UNUSABLE.split(), *_UNUSED.split(), *_FALLBACKS.split()}
ENCODINGS = set(_ENCODINGS.split())


def wanted(name: str) -> bool:
    """True for a file of the standard library that a browser tab may need."""
    top, *rest = name.removesuffix(".py").split("/")
    if top == "encodings":
        return rest[0] in ENCODINGS
    return top not in LEFT_OUT


def undocumented(source: bytes, file_name: str) -> ast.Module:
    """The program without its docstrings: nobody reads them in a tab, and everybody would fetch them."""
    tree = ast.parse(source, file_name)
    for node in () if file_name.startswith(DOCUMENTATION_USED) else ast.walk(tree):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            # A class keeps an empty one, since dataclasses would make up a long one in its place.
            kept = [ast.Expr(ast.Constant(" "))] if isinstance(node, ast.ClassDef) else []
            node.body[:1] = kept if len(node.body) > 1 or kept else [ast.Pass()]
    return ast.fix_missing_locations(tree)


def compiled(source: bytes, file_name: str) -> bytes:
    """The contents of a .pyc that is never checked against its source."""
    code = compile(undocumented(source, file_name), file_name, "exec", dont_inherit=True)
    unchecked = (0b01).to_bytes(4, "little")
    return importlib.util.MAGIC_NUMBER + unchecked + importlib.util.source_hash(source) + marshal.dumps(code)


def stdlib_files(old: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """The standard library as compiled code."""
    for name in sorted(old.namelist()):
        if name.endswith("/") or not wanted(name):
            continue
        data = old.read(name)
        yield (f"{name}c", compiled(data, STDLIB_ROOT + name)) if name.endswith(".py") else (name, data)


def app_files(old: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """The archive with compiled code in place of each source but main.py, which is run by its path."""
    for name in sorted(old.namelist()):
        data = old.read(name)
        source = name.endswith(".py") and not name.endswith("/main.py")
        yield (f"{name}c", compiled(data, APP_ROOT + name)) if source else (name, data)


def main(kind: str, old_name: str, new_name: str) -> None:
    """Write the new archive without times and compression: equal inputs give equal bytes, which the wire compresses."""
    files = {"stdlib": stdlib_files, "app": app_files}[kind]
    with zipfile.ZipFile(old_name) as old, zipfile.ZipFile(new_name, "w", zipfile.ZIP_STORED) as new:
        for name, data in files(old):
            new.writestr(zipfile.ZipInfo(name, ZIP_EPOCH), data)


if __name__ == "__main__":
    main(*sys.argv[1:])
