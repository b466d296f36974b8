"""Results of many examples under every release, as `verify --tf all` has them."""

from sample_results import NOTHING, ONEDNN, environment, judged

from tfsoftmax_compat.tools.documents import Document, Example
from tfsoftmax_compat.tools.verify.releases import RELEASES
from tfsoftmax_compat.tools.verify.results import ERROR, EXACT, SKIPPED, TIMEOUT, Result

CODE = """logits = tf.constant([[1.0, 2.0, 3.0], [{number}.5, 0.25, -1.0]])
probabilities = nn.softmax_v2(logits)
print(probabilities)
print(sum(probabilities))"""
DOCUMENTED = "[[0.09003057 0.24472848 0.66524094]\n [0.{number:03d}68121 0.21115941 0.71115941]]\n1.0000000447034836"


def many(documents=10, examples=20):
    """Return results and documents: in each document all kinds of outcomes, in both modes of all releases."""
    environments = [environment(f"{name}.0", onednn=number > 20) for number, name in enumerate(RELEASES)]
    results, read = [], []
    for number in range(documents):
        path = f"docs/guides/chapter_{number:02d}.md"
        there = [
            Example(path, 8 + 12 * index, CODE.format(number=index), DOCUMENTED.format(number=number + index))
            for index in range(examples)
        ]
        read.append(Document(path, [*there, Example(path, 2, "import tensorflow as tf", None)]))
        for index, example in enumerate(there):
            for place, there_is in enumerate(environments):
                results += [_result(example, there_is, mode, index, place) for mode in ("graph", "eager")]
    return results, read


def _result(example, there_is, mode, index, place):
    documented = example.documented
    if mode == "graph" and index % 5 == 4:
        return Result(example, there_is, mode, SKIPPED, message="the document is written for eager mode")
    if index % 10 == 7 and place < 9:
        return Result(
            example, there_is, mode, ERROR, message="AttributeError: module 'tensorflow' has no attribute 'math'"
        )
    if index % 20 == 13 and place == 30:
        return Result(example, there_is, mode, TIMEOUT, message="took longer than 60 s", measured="1.0\n")
    if index % 4 == 0 and there_is.onednn:
        return judged(example, there_is, mode, documented.replace("4470348", "5960464"), ONEDNN)
    if index % 10 == 9 and place > 15:
        return judged(example, there_is, mode, documented.replace("0.24472848", f"0.3{place:02d}7"), NOTHING)
    if index % 10 == 2:
        return judged(example, there_is, mode, documented.replace(" ", "  "))
    return Result(example, there_is, mode, EXACT, measured=documented, seconds=0.012)
