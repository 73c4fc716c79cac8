"""What an archive needs beyond a plain installation, and what is said where it is missing."""

from __future__ import annotations

from importlib.util import find_spec

from loaders.errors import LoaderError

BUILDING = ("distributed", "pyarrow", "filelock", "cryptography")
OPENING = ("duckdb", "pyarrow")


_EXTRAS = {BUILDING: "archive", OPENING: "archive-shown"}


def require(packages: tuple[str, ...]) -> None:
    """Makes sure that packages, `BUILDING` or `OPENING`, are installed.

    Raises:
        LoaderError: Some are not; it says which, and the line that installs them.
    """
    if missing := [package for package in packages if find_spec(package) is None]:
        raise LoaderError(
            "an archive needs packages that are not installed here",
            value=", ".join(missing),
            advice=f"install them with: pip install -e '.[{_EXTRAS[packages]}]'",
        )
