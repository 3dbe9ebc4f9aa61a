"""Where the bundled checklists and templates lie, in a wheel or in a checkout."""

from pathlib import Path

from compliance.errors import SurroundingsError

_PACKAGE = Path(__file__).resolve().parent


def bundled_folder(name: str) -> Path:
    """Return the folder `checklists` or `templates` that came with this installation.

    In a wheel they lie inside the package; in a checkout or an editable install, beside it.

    Raises:
        SurroundingsError: neither place has it, so the installation is incomplete.
    """
    for parent in (_PACKAGE, _PACKAGE.parent):
        folder = parent / name
        if folder.is_dir():
            return folder
    raise SurroundingsError(
        f"The bundled folder “{name}” is missing from this installation. "
        "Install clinic-compliance again."
    )
