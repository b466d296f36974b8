"""Call forms composed from the grammar of arguments: what holds for all of them, and some of them executed."""

import ast

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tfsoftmax_compat.tools.migrate.functions import FUNCTIONS
from tfsoftmax_compat.tools.migrate.source import migrate_source

from .execute import agree, results_of
from .forms import ACCESSES, Form, module

_VALUES = {
    "logits": ["logits", "(logits)", "logits + 1.", "{nn}.log_softmax(logits, dim=0)"],
    "labels": ["labels", "(labels * 2.)", "tf.stop_gradient(labels)"],
    "onehot_labels": ["labels"],
    "axis": ["0", "-1", "1", "None"],
    "dim": ["0", "-1", "1", "(0)"],
    "name": ["'a'", "None"],
    "scope": ["'b'"],
    "weights": ["2.", "[0., 1.]"],
    "label_smoothing": ["0.1"],
    "loss_collection": ["None"],
    "reduction": ["{losses}.Reduction.SUM", "{losses}.Reduction.NONE"],
    "_sentinel": ["None"],
    "multi_class_labels": ["labels"],
    "targets": ["labels"],
    "pos_weight": ["2.", "logits"],
}
_VALUES_OF_SAMPLED = {
    "weights": ["[logits, labels]"],
    "biases": ["[logits[:, 0], labels[:, 0]]"],
    "labels": ["ids[:, None]"],
    "inputs": ["logits", "(labels)"],
    "num_sampled": ["2"],
    "num_classes": ["4"],
    "num_true": ["1"],
    "sampled_values": ["([1, 3], [[.5], [.2]], [.3, .6])"],
    "remove_accidental_hits": ["True", "False"],
    "partition_strategy": ["'mod'", "'div'"],
    "name": ["'a'"],
    "seed": ["3"],
}
_SAMPLED = ["weights", "biases", "labels", "inputs", "num_sampled", "num_classes", "sampled_values"]
_REQUIRED = {
    "nn.sampled_softmax_loss": _SAMPLED,
    "nn.nce_loss": _SAMPLED,
    "nn.weighted_cross_entropy_with_logits": ["logits", "pos_weight"],
}
_SPACES = ["", " ", "\n        ", "  # why\n        "]


@st.composite
def calls(draw):
    """A call of one of the functions as TF 1.15 takes it, as the body of a function."""
    key = draw(st.sampled_from(sorted(FUNCTIONS)))
    function = FUNCTIONS[key]
    parameters = list(function.parameters)
    by_position = draw(st.integers(0, len(parameters)))
    required = _REQUIRED.get(key, ["logits", *(name for name in parameters if "labels" in name)])
    optional = st.lists(st.sampled_from(parameters), unique=True)
    chosen = [name for name in draw(optional) if name not in parameters[:by_position]]
    chosen += [name for name in required if name not in chosen + parameters[:by_position]]
    if "targets" in parameters and not {"labels", "targets"} & {*chosen, *parameters[:by_position]}:
        chosen.append("targets")
    given_names = set(parameters[:by_position]) | set(chosen)
    keywords = draw(st.permutations(chosen))
    if key == "nn.softmax_cross_entropy_with_logits":
        keywords = [name for name in keywords if name != "axis"]  # with it TF 1.15 raises
        by_position = min(by_position, parameters.index("axis"))

    def value(name):
        if name == "labels" and "sparse" in key:
            return "ids"
        if name == "axis" and "dim" in given_names:
            return "None"  # both raise
        if name == "labels" and "targets" in given_names:
            return "None"  # both raise
        return draw(st.sampled_from((_VALUES_OF_SAMPLED if _REQUIRED.get(key) is _SAMPLED else _VALUES)[name]))

    arguments = [value(name) for name in parameters[:by_position]]
    arguments += ["%s=%s" % (name, value(name)) for name in keywords]
    spaces = [draw(st.sampled_from(_SPACES)) for _ in arguments]
    inside = ",".join(space + argument for space, argument in zip(spaces, arguments))
    end = draw(st.sampled_from(["", ",", ",\n    "]))
    access = ACCESSES[draw(st.sampled_from(["usual", "assigned", "in function", "taken"]))]
    body = "result = {%s}.%s(%s%s)" % (function.module, function.name, inside, end)
    return module(Form(body), access)


class _WithoutSites(ast.NodeTransformer):
    """Leaves of a module what a migration may not change."""

    def visit_Import(self, node):
        return None if any("tf" in alias.name or "tensorflow" in alias.name for alias in node.names) else node

    def visit_ImportFrom(self, node):
        return None if node.module == "tfsoftmax_compat" else node

    def visit_Call(self, node):
        of_family = any(function.name in ast.unparse(node.func) for function in FUNCTIONS.values())
        return ast.Constant("a call") if of_family else self.generic_visit(node)


def _skeleton(source):
    return ast.dump(_WithoutSites().visit(ast.parse(source)))


@given(calls())
@settings(max_examples=300, deadline=None)
def test_properties(source):
    """The result parses, differs only at sites and imports, and keeps comments. Migrating again changes nothing."""
    shim, native = migrate_source(source, "shim"), migrate_source(source, "native")
    for result, target in ((shim, "shim"), (native, "native")):
        assert _skeleton(result.text) == _skeleton(source)
        assert result.text.count("# why") == source.count("# why")
        assert migrate_source(result.text, target).text == result.text
        if any(finding.needs_person and finding.rule != "TFS112" for finding in result.findings):
            assert target == "native" or result.text == source
    if not any(finding.needs_person and finding.rule != "TFS112" for finding in native.findings):
        assert migrate_source(shim.text, "native").text == native.text


@given(st.lists(calls(), min_size=80, max_size=80, unique=True))
@settings(max_examples=1, deadline=None, suppress_health_check=list(HealthCheck))
def test_composed_forms_compute_the_same(sources):
    """Those that TF 1.15 takes, executed before and after."""
    before = results_of(sources, "1.15")
    for target, release in (("shim", "1.15"), ("shim", "2.21"), ("native", "2.21")):
        migrated = [migrate_source(source, target) for source in sources]
        after = results_of([result.text for result in migrated], release)
        for old, result, new, source in zip(before, migrated, after, sources):
            left = any(finding.needs_person and finding.rule != "TFS112" for finding in result.findings)
            assert left or isinstance(old, str) or agree(old, new), (source, result.text, old, new)
