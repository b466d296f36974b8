"""Copy the figure that the documentation shows out of the notebook that draws it: ``python docs/pictures.py``."""

import base64
import json
from pathlib import Path

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "images" / "numbers.png"


def from_notebook():
    """Return the first figure of the notebook about all releases, as the bytes of a PNG file."""
    text = (ROOT / "notebooks" / "numbers_across_releases.ipynb").read_text(encoding="utf-8")
    outputs = [output for cell in json.loads(text)["cells"] for output in cell.get("outputs", [])]
    figures = [output["data"]["image/png"] for output in outputs if "image/png" in output.get("data", {})]
    return base64.b64decode(figures[0])


if __name__ == "__main__":
    PICTURE.write_bytes(from_notebook())
