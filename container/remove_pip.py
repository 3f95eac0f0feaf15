"""Remove from an image what installs and builds packages, and this file: what serves needs none of it."""

from __future__ import annotations

import shutil
import sysconfig
from pathlib import Path

PACKAGES = ("pip", "setuptools", "wheel", "pkg_resources", "_distutils_hack")


def main() -> None:
    """Remove pip, setuptools and wheel, and ensurepip, from which pip would come back."""
    paths = sysconfig.get_paths()
    found = [Path(paths["stdlib"]) / "ensurepip", *Path(paths["scripts"]).glob("pip*")]
    for folder in {Path(paths["purelib"]), Path(paths["platlib"])}:
        found += [path for name in PACKAGES for path in (folder / name, *folder.glob(f"{name}-*.dist-info"))]
    for path in found:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    Path(__file__).unlink()


if __name__ == "__main__":
    main()
