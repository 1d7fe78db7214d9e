"""Writes the pyconfig.h of Pyodide's interpreter, which its npm package does not carry.

usage: pyconfig.py PYTHON_STDLIB_ZIP DEBIAN_PYCONFIG_H OUT

The names are those of Debian's own pyconfig.h; the values are those that Pyodide's build recorded for sysconfig.
"""

import re
import sys
import zipfile
from pathlib import Path

NAME_IN_HEADER = re.compile(r"^\s*(?:#\s*define|/\*\s*#undef|#\s*undef)\s+([A-Za-z_]\w*)", re.MULTILINE)
NAME_LIKE_CONFIG = re.compile(
    r"(HAVE_|SIZEOF_|ALIGNOF_|WITH_|Py_|_?PY_|_POSIX|_XOPEN|PTHREAD_|MAJOR|DOUBLE_)",
)
NAME_OF_MAKEFILE = re.compile(
    r"Py_PYCONFIG_H$|PY_(CFLAGS|LDFLAGS|CPPFLAGS|CORE|STDMODULE|BUILTIN_MODULE|ENABLE)|PYTHON",
)
VALUE = re.compile(r'[A-Za-z_]\w*|\(?-?\d+\)?|".*"')


def recorded_values(stdlib: Path) -> dict[str, object]:
    """The table of build variables inside Pyodide's zipped standard library."""
    with zipfile.ZipFile(stdlib) as archive:
        (name,) = (n for n in archive.namelist() if "_sysconfigdata" in n and n.endswith(".py"))
        namespace: dict[str, dict[str, object]] = {}
        exec(archive.read(name), namespace)
    return namespace["build_time_vars"]


def definition(name: str, value: object) -> str | None:
    """The line for one name, or None where pyconfig.h leaves it undefined."""
    if value in (None, "", 0):
        zero_matters = value == 0 and name.startswith(("HAVE_DECL_", "SIZEOF_"))
        return f"#define {name} 0" if zero_matters else None
    if isinstance(value, int) or VALUE.fullmatch(str(value)):
        return f"#define {name} {value}"
    return None


def main(stdlib: str, debian_header: str, out: str) -> None:
    """Write `out`."""
    values = recorded_values(Path(stdlib))
    names = set(NAME_IN_HEADER.findall(Path(debian_header).read_text()))
    names |= {name for name in values if NAME_LIKE_CONFIG.match(name)}
    lines = [definition(name, values.get(name)) for name in sorted(names) if not NAME_OF_MAKEFILE.match(name)]
    body = "\n".join(line for line in lines if line)
    Path(out).write_text(f"#ifndef Py_PYCONFIG_H\n#define Py_PYCONFIG_H\n{body}\n#endif\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
