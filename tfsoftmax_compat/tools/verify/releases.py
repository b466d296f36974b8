"""The TensorFlow releases that the package supports, and what each of them is installed with.

Source: each release was installed from PyPI, see `tox -e record`. To add a release, add its name to a group below.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Release:
    """One minor release of TensorFlow.

    Attributes:
      name: ``"2.21"``.
      python: the Python that it is tested on, ``"3.11"``.
      requirements: the requirement specifiers to install: TensorFlow, and the pins that it needs to run.
      keras_2: what else to install where TensorFlow's Keras is Keras 3, for code that was written for TF1; else "".
    """

    name: str
    python: str
    requirements: tuple[str, ...]
    keras_2: str = ""

    @property
    def tox_environment(self) -> str:
        """The name of the environment in tox.ini that tests the release: ``"py311-tf221"``."""
        return f"py{self.python}-tf{self.name}".replace(".", "")


# Protobuf 3.20 rejects the generated code of older releases. NumPy 1.24 and 2.0 removed functions that they call.
_OLD_PROTOBUF = "protobuf<3.20"
_GROUPS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        "3.6",
        ("1.5", "1.6", "1.7", "1.8", "1.9", "1.10", "1.11", "1.12"),
        (_OLD_PROTOBUF, "numpy<1.17"),
    ),
    ("3.7", ("1.13", "1.14"), (_OLD_PROTOBUF, "numpy<1.17")),
    ("3.7", ("1.15", "2.0", "2.1", "2.2"), (_OLD_PROTOBUF,)),
    ("3.8", ("2.3", "2.4", "2.5"), (_OLD_PROTOBUF,)),
    ("3.9", ("2.6", "2.7", "2.8", "2.9", "2.10"), (_OLD_PROTOBUF, "numpy<2")),
    ("3.10", ("2.11", "2.12", "2.13", "2.14", "2.15"), ("numpy<2",)),
    ("3.12", ("2.16", "2.17", "2.18", "2.19"), ()),
    ("3.13", ("2.20",), ()),
    ("3.11", ("2.21",), ()),
)
_FIRST_CPU_WHEEL = (2, 1)  # the first release of tensorflow-cpu, which is smaller
FIRST_WITH_KERAS_3 = (2, 16)


def _requirement(name: str) -> str:
    package = "tensorflow-cpu" if version_key(name) >= _FIRST_CPU_WHEEL else "tensorflow"
    return f"{package}=={name}.*"


def _keras_2(name: str) -> str:
    return f"tf_keras=={name}.*" if version_key(name) >= FIRST_WITH_KERAS_3 else ""


def version_key(name: str) -> tuple[int, ...]:
    """Return ``(1, 15)`` for ``"1.15"``, to compare releases."""
    return tuple(int(part) for part in name.split("."))


def releases_named(text: str) -> list[str]:
    """Return the names of releases: of ``1.15``, ``1.13..2.21``, ``2.12..``, ``all``, ``latest``, with commas between.

    ``nightly`` is itself, and not among ``all``.

    Raises:
      ValueError: there is no such release, or a range is empty.
    """
    found: list[str] = []
    for part in filter(None, (word.strip() for word in text.split(","))):
        if part == "all":
            found += RELEASES
        elif part == "latest":
            found.append(max(RELEASES, key=version_key))
        elif part == NIGHTLY.name:
            found.append(part)
        elif ".." in part:
            found += _range(part)
        else:
            found.append(_known(part))
    return list(dict.fromkeys(found))


def _range(text: str) -> list[str]:
    first, _, last = text.partition("..")
    names = list(RELEASES)
    start = names.index(_known(first)) if first else 0
    end = names.index(_known(last)) if last else len(names) - 1
    if start > end:
        raise ValueError(f"{text}: {last} is older than {first}")
    return names[start : end + 1]


def _known(name: str) -> str:
    if name not in RELEASES:
        raise ValueError(f"{name}: no such release; known are {', '.join(RELEASES)}")
    return name


RELEASES: dict[str, Release] = {
    name: Release(name, python, (_requirement(name), *pins), _keras_2(name))
    for python, names, pins in _GROUPS
    for name in names
}
# TensorFlow's build of the day, which no test of this package waits for.
NIGHTLY = Release("nightly", "3.12", ("tf-nightly-cpu",))


def release_named(name: str) -> Release:
    """Return the release with one of the names that `releases_named` returns."""
    return NIGHTLY if name == NIGHTLY.name else RELEASES[name]
