"""How a report format is found and added."""

import inspect
import subprocess
import sys

import pytest
from sample_results import ONE, written

from tfsoftmax_compat.tools import cli
from tfsoftmax_compat.tools.verify import reports
from tfsoftmax_compat.tools.verify.reports import formats


@pytest.mark.parametrize("name", reports.names())
def test_every_format_has_the_function_of_the_protocol(name):
    own = inspect.signature(reports.named(name).write)
    assert list(own.parameters) == list(inspect.signature(reports.ReportFormat.write).parameters)[1:]  # without self


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("name", reports.names())
def test_report_does_not_depend_on_the_order_of_the_results(name, order):
    assert written(reports.named(name), ONE[::order]) == written(reports.named(name), ONE)


def test_new_format_is_one_new_file(tmp_path, monkeypatch, capsys):
    (tmp_path / "count.py").write_text("def write(results, documents, file):\n    print(len(results), file=file)\n")
    monkeypatch.setattr(formats, "__path__", [*formats.__path__, str(tmp_path)])
    monkeypatch.delitem(sys.modules, formats.__name__ + ".count", raising=False)
    assert written(reports.named("count"), ONE) == "8\n"
    with pytest.raises(SystemExit):
        cli.main(["verify", "--help"])
    assert "--format {count,github,html,json,junit,text}" in " ".join(capsys.readouterr().out.split())


def test_help_imports_no_report():
    program = """
import sys
from tfsoftmax_compat.tools import cli
try:
    cli.main(["verify", "--help"])
except SystemExit:
    loaded = [name for name in sys.modules if name in ("rich", "uv") or ".reports.formats." in name]
    print("loaded:", loaded)
"""
    printed = subprocess.check_output([sys.executable, "-c", program], text=True)
    assert printed.splitlines()[-1] == "loaded: []"
