"""Find the modules of a folder: how rules, document formats and reports are added."""

import importlib
import pkgutil
from types import ModuleType


def modules_in(package: ModuleType) -> list[ModuleType]:
    """Import the modules of a package, in the order of their names.

    A new rule, format or report is a new module in its folder. Nothing else has to name it.
    """
    found = pkgutil.iter_modules(package.__path__)
    return [importlib.import_module(f"{package.__name__}.{module.name}") for module in found if not module.ispkg]
