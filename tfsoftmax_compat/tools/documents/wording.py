"""What a line of text is: a marker that output follows, a value that code could have printed, or prose.

The rules:

- A marker is a line such as ``output``, ``Output:``, ``prints``, ``Out[3]:``, ``输出：``, ``结果``.
- A value is made of numbers, brackets, quoted strings, constants (``True``, ``nan``) and what a `repr` puts around
  them (``array(``, ``dtype=float32``, ``<tf.Tensor:``). It holds no other words, except words that stand in the
  string literals of the code that prints it (``loss 0.41703`` after ``print("loss", loss)``).
- Prose is a line with three or more words, or four or more Chinese characters in a row, that the code's string
  literals do not hold. A word has two or more letters, and white space on both sides.
"""

import re

_MARKER = re.compile(
    r"""(?: (?:the|this|expected|sample|printed|will|it)\s+ )*
    (?: outputs? | prints? | printed | results? | out(?:\s*\[\d*\])? | (?:输出|运行|打印|执行)?(?:结果|输出) | 打印 )
    (?![a-z])
    (?:\s+(?:is|are)|如下|为|是)*
    \s*(?P<colon>[:：])?\s*(?P<rest>.*)""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_ARROW = re.compile(r"(?:[-=]+>|→|⇒|>>>?)\s*")

_QUOTED = r"""[bur]{0,2}(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_VALUE = re.compile(
    rf"""{_QUOTED}
    | (?P<number> (?<![\w.]) [-+]? (?: \d+\.?\d* | \.\d+ ) (?:[eE][-+]?\d+)? [jL]? (?:\.\.\.)? (?!\w) )
    | (?P<constant> \b (?: True|False|None|nan|inf|NaN|Infinity ) \b )
    | \b (?: (?:np|numpy)\. )? (?: b?float|u?q?int|complex|bool|string|half|double|datetime|timedelta|str ) \d* _? \b
    | <[A-Za-z_][\w.]*                 # <tf.Tensor: …>, <class 'int'>
    | [A-Za-z_]\w* (?==)               # dtype=…
    | (?: tf\.\w*Tensor | [A-Z]\w* | (?:masked_)?array | matrix | tensor | dtype | rec\.array
        | dict_\w+ | (?:frozen)?set | range | deque ) (?=\()
    | (?P<bracket> [\[\]{{}}()] )
    | [\s,:;=<>?…+\-*/%|] | \.\.\.""",
    re.VERBOSE,
)
_KEYWORD = re.compile(r"[\w.]+\s*=(?!=)")  # "axis=1" comments on an argument
_ERROR = re.compile(r"(?:[\w.]+\.)?[A-Z]\w*(?:Error|Exception)(?::\s.*)?$")

_WORD = re.compile(r"(?<!\S)[^\W\d_]{2,}[,.;:!?]*(?!\S)")
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]{4,}")


def after_marker(line: str) -> str | None:
    """What stands on a marker's own line after it and an arrow, "" for a marker alone; None if the line is no marker.

    Without a colon the rest must begin as a value does: "prints 0.5" is a marker, "prints the sum" is not.
    """
    match = _MARKER.fullmatch(line.strip())
    if match is None:
        return None
    rest = without_arrow(match["rest"])
    if rest and not match["colon"] and not is_value(rest):
        return None
    return rest


def without_arrow(text: str) -> str:
    """`text` without an arrow before it, as in ``=> 0.5``."""
    return _ARROW.sub("", text, count=1) if _ARROW.match(text) else text


def is_value(text: str, known: str = "") -> bool:
    """Whether `text` is a value that code could have printed, and nothing else.

    Args:
      text: one line or more.
      known: the string literals of the code, whose words are no prose.
    """
    words = sorted({word for word in known.split() if re.search(r"\w", word)}, key=len, reverse=True)
    if words:  # "loss" is printed as it is, and "loss=" with a number right behind it
        text = re.sub("|".join(rf"(?<!\S){re.escape(word)}(?:(?<!\w)|(?!\w))" for word in words), "0 ", text)
    if _KEYWORD.match(text):
        return False
    is_telling = False
    position = 0
    while position < len(text):
        match = _VALUE.match(text, position)
        if match is None:
            return False
        is_telling = is_telling or match.lastgroup is not None or match.group()[-1] in "'\""
        position = match.end()
    return is_telling


def is_error(text: str) -> bool:
    """Whether `text` names an exception, as the last line of a traceback does."""
    return _ERROR.match(text) is not None


def is_prose(line: str, known: str = "") -> bool:
    """Whether `line` reads as prose, and not as printed by code with the string literals `known`."""
    if line.startswith(("Traceback (most recent call last)", '  File "')):
        return False
    words = set(known.split())
    return sum(word not in words for word in _WORD.findall(line)) >= 3 or any(
        run not in known for run in _CHINESE.findall(line)
    )


def introduces_output(prose: str) -> bool:
    """Whether `prose`, between a block of code and another, is no more than an announcement of output.

    A marker alone, or a short sentence that ends in a colon and holds a marker's word: "This prints:", "输出如下：".
    """
    prose = prose.strip().strip("*_#` \n")
    if after_marker(prose) == "":
        return True
    return (
        "\n" not in prose
        and prose.endswith((":", "："))
        and len(prose.split()) <= 8
        and re.search(r"\b(?:outputs?|prints?|printed|results?|returns?|gives?|yields?)\b|输出|结果|打印", prose, re.I)
        is not None
    )
