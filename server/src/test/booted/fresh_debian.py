"""Makes a Debian in a folder, for tests that need one."""

import pathlib
import shutil
import tempfile


def make(run, folder, *options):
    """Puts a fresh Debian in the place of the folder; run is the function that starts commands.

    If this is interrupted, there is no such folder. debootstrap cannot work in a path with a blank,
    so it gets a link without one.
    """
    shutil.rmtree(folder, ignore_errors=True)
    new = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    new.chmod(0o755)
    with tempfile.TemporaryDirectory() as scratch:
        link = pathlib.Path(scratch) / "debian"
        link.symlink_to(new)
        run("debootstrap", "--variant=minbase", *options, "bookworm", link)
    new.rename(folder)
