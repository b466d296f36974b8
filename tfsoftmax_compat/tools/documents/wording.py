"""What a text is: a marker that output follows, a value that code could have printed, or prose.

The rules:

- A marker is a line such as ``output``, ``Output:``, ``prints``, ``Out[3]:``, ``输出：``, ``结果``.
- A value is made of numbers, brackets, quoted strings, constants (``True``, ``nan``) and what a `repr` puts around
  them (``array(``, ``dtype=float32``, ``<tf.Tensor:``). It holds no other words, except words of the string literals
  of the code that prints it (``loss 0.41703`` after ``print("loss", loss)``).
- Prose is a line with three or more words, or four or more Chinese characters in a row, that the code's string
  literals do not hold. A word has two or more letters, and white space on both sides.

Every function takes time that grows linearly with the text.
"""

import re
from collections.abc import Iterable

_MARKER = re.compile(
    r"""(?: (?:the|this|expected|sample|printed|will|it|code|program|example|is)\s+ )*
    (?: outputs? | prints? | printed | results? | returns? | gives | produces | out(?:\s*\[\d*\])?
        | (?<=expected\s)values? | expected(?=\s*[:：])
        | (?:输出|运行|打印|执行|程序)?(?:结果|输出) | 打印 | 返回 | 出力(?:結果)? | 実行結果 | 結果
        | 출력(?:\s*(?:결과|물|값))? | 실행\s*결과 | 결과
        | sorties? | r[ée]sultats? | ausgaben? | ergebnis(?:se)? | salidas? | resultados? | вывод | результат )
    (?![a-zà-ÿа-я])
    (?:\s+(?:is|are|was|as\ follows|to\ follow)|如下|所示|为|是)*
    \s*(?P<colon>[:：])?\s*(?P<rest>.*)""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_DTYPE = re.compile(r"(?:float|u?int|complex)\d+|bfloat16|bool|object|string")  # a type's name
_ARROW = re.compile(r"(?:[-=]+>|→|⇒|>>>?)\s*")
_SHAPE = re.compile(r"[\[(](?:\s*(?:\d+|None|\?|-1)\s*(?:,|(?=[\])])))*\s*[\])]")  # (None, 28, 28, 1)
_ARROW_BEHIND_CODE = re.compile(r"={1,3}>|-{2,3}>|(?<=\))\s*->(?!.*:\s*$)|→|⇒")  # Python has "->" before a colon

# An array or a tensor on a line, or behind a label: "x : <tf.Variable 'x:0' shape=() dtype=float32>".
_ARRAY = re.compile(r"\s*(?:[^\W\d][\w. ]*[:=]\s*)?(?=\[|<tf\.|(?:array|(?:tf\.)?\w*Tensor)\()(?P<value>.*)")

_BEGINS_WITH_BRACKET = re.compile(
    r"(?:[^\W\d][^:=：\[\](){}<>\n]{0,40}[:=：])?\s*(?:[-=]+>|[~≈→⇒])?\s*"
    r"(?P<value>\[|\((?=[^()]*,)|array\(|<tf\.|(?:tf\.)?\w*Tensor\()"
)
_ANY_BRACKET = re.compile(r"[\[\](){}<>]")
_SHAPE_OF_NOTHING = re.compile(r"[\[(]\s*[\])]")

_QUOTED = r"""[bur]{0,2}(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|“[^“”\n]*”|‘[^‘’\n]*’)"""
_VALUE = re.compile(
    rf"""{_QUOTED}
    | (?P<number> (?<![\w.]) [-+]? (?: \d+(?:\.\d*)? | \.\d+ ) (?:[eE][-+]?\d+)? [jL]? (?:\.{{3,}})? (?!\w) )
    | (?P<constant> \b (?: True|False|None|nan|inf|NaN|Infinity ) \b )
    | \b datetime\.\w+ (?=\()
    | \b (?: (?:np|numpy|tf)\. )?
      (?: b?float|u?q?int|complex|bool|string|half|double|datetime|timedelta|str ) \d* (?:_ref|_)? \b
    | <[A-Za-z_][\w.]*                 # <tf.Tensor: …>, <class 'int'>
    | (?<=dtype=)object \b
    | \b (?:object\ )? at\ 0x[0-9a-fA-F]+
    | [A-Za-z_]\w* (?==)               # dtype=…
    | (?<=,\ ) (?:shape|dtype|numpy) (?=\ =\ )
    | (?: tf\.\w*Tensor | [A-Z]\w* | (?:masked_)?array | matrix | tensor | dtype | rec\.array
        | dict_\w+ | (?:frozen)?set | range | deque | defaultdict ) (?=\()
    | (?P<bracket> [\[\]{{}}()] )
    | [\s,:;=<>?…+\-*/%|] | \.{{3,}}""",
    re.VERBOSE,
)
_KEYWORD = re.compile(r"[\w.]+\s*=(?!=)")  # "axis=1" comments on an argument
_ERROR = re.compile(r"(?:[\w.]+\.)?[A-Z]\w*(?:Error|Exception)(?::\s.*)?$")

_REMARK = re.compile(r"(?s)(.*[^\s(])\s+\(((?:[^()]|\([^()]*\))*)\)")
_CALCULATION = re.compile(r"\d\s*[*/+]\s*\.?\d[\d.]*(?![\w.])|\d - \.?\d[\d.]*(?![\w.])")
_LABEL = re.compile(r"([^:=\n]+?)\s*(?::|=)\s+(.+)", re.DOTALL)
# A remark that makes the value before it another one than the code prints.
_APPROXIMATE = re.compile(
    r"\b(?:approx|about|roughly|round|random|var(?:y|ies)|e\.?g\b|for example|or\b)|约|左右|随机", re.IGNORECASE
)

_WORD = re.compile(r"(?<!\S)[^\W\d_]{2,}[,.;:!?]*(?!\S)")
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]{4,}")
_LONGEST_WORD = 100

# What a sentence says that announces output. Chinese, Japanese and Korean words have no space around them.
_VERBS = r"prints?|printed|outputs?|returns?|gives?|yields?|produces?|shows?|displays?|see|get|obtain|evaluates? to"
_NOUNS = (
    r"outputs?|results?|printout|sorties?|r[ée]sultats?|ausgaben?|ergebnis(?:se)?|salidas?|resultados?"
    r"|вывод|результат\w*"
)
_ASIAN = "输出|结果|打印|运行后|返回|显示|出力|結果|表示|출력|결과"
_OTHER_VERBS = (
    "affiche|renvoie|donne|liefert|ergibt|imprime|devuelve|muestra|obtenemos"
    "|obtiene|obtemos|выводит|напечатает|выведет|получим"
)
_ANNOUNCES = re.compile(rf"\b(?:{_VERBS}|{_NOUNS}|{_OTHER_VERBS})\b|{_ASIAN}", re.IGNORECASE)
_BEGINS_WITH_NOUN = re.compile(rf"(?:the\s+)?(?:expected\s+|sample\s+)?(?:{_NOUNS})\b|(?:{_ASIAN})", re.IGNORECASE)
# Behind "and" and "or" the word is one of several nouns: "定义输入、参数和输出".
_ENDS_WITH_VERB = re.compile(rf"(?:\b(?:{_VERBS}|{_OTHER_VERBS})|(?<![和与及或、])(?:{_ASIAN}))$", re.IGNORECASE)
# What follows is no output, but a pattern or something to type.
_ANNOUNCES_ELSE = re.compile(
    r"\b(?:(?:following|next|same)\s+(?:\w+\s+)?|of\s+the\s+)"
    r"(?:formats?|forms?|syntax|patterns?|commands?|scripts?|snippets?|codes?|examples?|programs?|urls?|links?)\s*[:：]$",
    re.IGNORECASE,
)
# Parts of a model, in which the word announces nothing.
_OF_MODEL = re.compile(r"\boutput[ -](?:layers?|units?|nodes?|neurons?|channels?)\b", re.IGNORECASE)
# What a sentence says above something that the code shows, or above something else, such as a formula.
_MAY_ANNOUNCE = re.compile("看到|得到|得出")
# What a sentence says that shows a value itself: "this prints `72.0`.", "输出：42".
_VALUE_IN_PROSE = re.compile(
    rf"(?:\b(?:{_VERBS}|{_NOUNS}|{_OTHER_VERBS})\b|{_ASIAN})(?:\s+(?:is|are|will be))?[了为是]?\s*[:：]?\s*"
    r"`+(?P<value>[^`\n]+)`+\s*[.。!！]?$",
    re.IGNORECASE,
)
# Where a comment says what is printed, in quotes: # Prints "[1 2]", # the key is gone; prints "N/A".
_BEGINS_WITH_OUTPUT = re.compile(rf"(?:#+ )?(?:{_NOUNS}|{_ASIAN})\s*(?=\[)", re.IGNORECASE)
_PRINTS_QUOTED = re.compile(r"""(?:^|[\s;,:(])(?:prints?|printed)\s*:?\s+(?=")""", re.IGNORECASE)
_DENIES = re.compile(r"\b(?:not|never|cannot|if|unless|when|would|could|should|may|might|longer|instead)\b|n't\b")
# A call that a sentence quotes: "`np.ones((4, 3))` would be printed as:".
_CALL_IN_PROSE = re.compile(r"`+\s*([^`\n]*\w\([^`\n]+\))\s*`+")
_IN_BRACKETS = re.compile(r"\s*[\[【［]\s*([^\[\]【】［］]{1,40})[\]】］]\s*[:：]?\s*")
_BEFORE_COLON = re.compile(r"\s*([^\[\]【】［］:：]{1,40})\s*[:：]\s*")
_REMARK_BELOW = re.compile(r"\s*[→⇒➔➜➞]")
_PICTURE = re.compile(r"!\[[^\[\]\n]*\]\(")
_LINE_BREAK = re.compile(r"</?br ?/?>")
_HARD_BREAK = re.compile(r"(?:</?br ?/?>|  +|\\)\n")  # at the end of a line of Markdown
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-ÖА-Я])|(?<=[。！？])")
_SHORT = 6  # words of a sentence that announces output without a colon


class Known:
    """The words that code may print: those of its string literals. They are no prose, and part of a value.

    Args:
      literals: the string literals' text.
    """

    def __init__(self, literals: Iterable[str] = ()) -> None:
        self.words: set[str] = set()
        self._quads: set[str] = set()
        for literal in literals:
            self.add(literal)

    def add(self, literal: str) -> None:
        """Add the words of a string literal; numbers are values anyway."""
        self.words.update(word for word in literal.split() if not has_only_values(word))
        for run in _CHINESE.findall(literal):
            self._quads.update(run[i : i + 4] for i in range(len(run) - 3))

    def holds(self, run: str) -> bool:
        """Return whether the literals hold a run of four or more Chinese characters."""
        return all(run[i : i + 4] in self._quads for i in range(len(run) - 3))

    def replaced_in(self, text: str) -> str:
        """Return `text` with a number in place of each known word.

        ``loss`` is printed as it is, and ``loss=`` with a number right behind it.
        """
        if not self.words:
            return text
        return re.sub(r"\S+", lambda match: self._without_known_start(match.group()), text)

    def _without_known_start(self, token: str) -> str:
        for end in range(min(len(token), _LONGEST_WORD), 0, -1):
            word = token[:end]
            is_whole = end == len(token) or not (_is_word(token[end - 1]) and _is_word(token[end]))
            if is_whole and word in self.words and any(map(_is_word, word)):
                return "0 " + token[end:]
        return token


_NOTHING_KNOWN = Known()


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def after_marker(line: str) -> str | None:
    """Return what follows a marker on its line, without an arrow: "" if nothing follows, None if there is no marker.

    Without a colon the rest must begin as a value does: "prints 0.5" is a marker, "prints the sum" is not.
    """
    match = _MARKER.fullmatch(line.strip())
    if match is None:
        return None
    rest = without_arrow(match["rest"])
    if rest and not match["colon"] and not (is_value(without_full_stop(rest)) or names_dtype(rest)):
        return None
    return rest


def before_quotes(comment: str) -> int | None:
    """Return where the quotes start in which a comment says what is printed: ``# Prints "[1 2]"``; None where none do.

    What is in the quotes is printed, the quotes are not.
    """
    matches = list(_PRINTS_QUOTED.finditer(comment))
    if not matches or _DENIES.search(re.split("[.;]", comment[: matches[-1].start()])[-1]):
        return None
    return matches[-1].end()


def without_arrow(text: str) -> str:
    """Return `text` without an arrow before it, as in ``=> 0.5``."""
    return _ARROW.sub("", text, count=1) if _ARROW.match(text) else text


def behind_arrow(comment: str) -> str:
    """Return the value behind the arrow that a comment begins with; "" where it is none, or may be a shape."""
    value = without_arrow(comment)
    is_shown = value != comment and is_value(value) and not _SHAPE.fullmatch(value)
    return value if is_shown else ""


def without_remark(text: str) -> str:
    """Return a value without the remark in parentheses behind it, as in ``0.5 (the mean)`` and ``7 (3 + 4)``.

    What is in parentheses is no remark where the code could have printed it: ``(2, 3) (3,)``, ``1 (1+2j)``. Nor is it
    where it says that the value is another one: ``0.5 (approximately)``.
    """
    match = _REMARK.fullmatch(text)
    if match is None or not is_value(match[1]) or _APPROXIMATE.search(match[2]):
        return text
    return match[1] if not is_value(match[2]) or _CALCULATION.search(match[2]) else text


def without_label(text: str) -> str:
    """Return a value without the calculation before it, as in ``3*2 + 5*4: [[26]]`` and ``2 * 3 = 6``."""
    match = _LABEL.fullmatch(text)
    if match is None or not (_CALCULATION.search(match[1]) and is_value(match[1]) and is_value(match[2])):
        return text
    return match[2]


def before_arrow(line: str) -> tuple[str, str, str]:
    """Return the parts of a line such as ``f(x) ==> 0.5``: the text before the arrow, the arrow, and the value.

    The arrow is "" where the line has none, or no value behind it. A comment may be behind the value.
    """
    match = _ARROW_BEHIND_CODE.search(line)
    if match is None or "#" in line[: match.start()] or not has_only_values(without_note(line[match.end() :])):
        return line, "", ""
    return line[: match.start()].rstrip(), match[0].strip(), line[match.end() :].strip()


def without_note(text: str) -> str:
    """Return text without a comment behind it: ``[1, 0],  # the first row``."""
    return text.partition("  #")[0].rstrip()


def without_full_stop(text: str) -> str:
    """Return a value without the full stop of a sentence behind it: ``[0 1 2].``; any other text as it is."""
    bare = text.removesuffix(".")
    return bare if not has_only_values(text) and has_only_values(bare) else text


def names_dtype(text: str) -> bool:
    """Return whether `text` is the name of a type of numbers: ``float32``."""
    return _DTYPE.fullmatch(text) is not None


def is_value(text: str, known: Known = _NOTHING_KNOWN) -> bool:
    """Return whether `text` is a value that code could have printed, and nothing else.

    Args:
      text: one line or more.
      known: the words that the code may print.
    """
    replaced = known.replaced_in(text)
    key = _KEYWORD.match(text)
    is_printed = key is not None and known.words.issuperset(key[0].replace("=", " = ").split())
    return (is_printed or not _KEYWORD.match(replaced)) and has_only_values(replaced)


def has_only_values(text: str) -> bool:
    """Return whether `text` holds values only; ``a=0.99`` is one too, which `is_value` takes for an argument."""
    is_telling = False
    position = 0
    while position < len(text):
        match = _VALUE.match(text, position)
        if match is None:
            return False
        is_telling = is_telling or match.lastgroup is not None or match.group()[-1] in "'\"”’"
        position = match.end()
    return is_telling


def shows_array(line: str) -> bool:
    """Return whether a line shows an array or a tensor, with or without a label before it, and nothing else."""
    match = _ARRAY.fullmatch(line)
    return match is not None and has_only_values(match["value"])


def begins_with_value(text: str) -> bool:
    """Return whether `text` begins with a value in brackets, perhaps behind a label, and words or nothing follow.

    ``[1 2]   as before``, ``result: array([1, 2])``, ``~[0.5]``, ``(1, 2) as above``.
    """
    match = _BEGINS_WITH_BRACKET.match(text)
    if match is None:
        return False
    value = text[match.start("value") :]
    value = value[: end_of_brackets(value)]
    return has_only_values(value) and not _SHAPE_OF_NOTHING.fullmatch(value)


def end_of_brackets(text: str, depth: int = 0) -> int | None:
    """Return where the brackets in `text` are closed first, if `depth` are open before it; None if they are not."""
    for bracket in _ANY_BRACKET.finditer(text):
        depth += 1 if bracket[0] in "[({<" else -1
        if depth == 0:
            return bracket.end()
    return None


def open_brackets(text: str) -> int:
    """Return how many more brackets `text` opens than it closes."""
    return sum(text.count(bracket) for bracket in "([{") - sum(text.count(bracket) for bracket in ")]}")


def is_error(text: str) -> bool:
    """Return whether `text` names an exception, as the last line of a traceback does."""
    return _ERROR.match(text) is not None


def is_prose(line: str, known: Known = _NOTHING_KNOWN) -> bool:
    """Return whether `line` reads as prose, and not as printed by code that knows the words `known`."""
    if line.startswith(("Traceback (most recent call last)", '  File "')) or has_only_values(line):
        return False
    return sum(word not in known.words for word in _WORD.findall(line)) >= 3 or not all(
        known.holds(run) for run in _CHINESE.findall(line)
    )


def is_marker(prose: str) -> bool:
    """Return whether the last paragraph of `prose` is a marker and no more, such as "Output:" or "### 输出"."""
    return after_marker(_bare(_last_paragraph(prose))) == ""


def introduces_output(prose: str) -> bool:
    """Return whether `prose`, between a block of code and another, announces output.

    It does if its last paragraph is a marker, or its last sentence holds a word such as "prints" or "output" and ends
    in a colon ("so this prints the expected value of 7.0:"), or is short and begins or ends with such a word ("Output
    on TF 1.4", "which gives").
    """
    paragraph = _bare(_last_paragraph(prose))
    if after_marker(paragraph) == "":
        return True
    sentence = _OF_MODEL.sub("layers", _SENTENCE_END.split(paragraph)[-1].strip())
    if sentence.endswith((":", "：")):
        is_noun = _BEGINS_WITH_NOUN.match(sentence) is not None  # "Output of the script:"
        return _ANNOUNCES.search(sentence) is not None and (is_noun or not _ANNOUNCES_ELSE.search(sentence))
    is_whole = sentence.endswith((".", "。", "!"))  # "Results depend on the seed."
    sentence = sentence.rstrip(".。…! ")
    if not sentence or len(sentence.split()) > _SHORT or len(sentence) > 60:
        return False
    return bool(_BEGINS_WITH_NOUN.match(sentence) and not is_whole or _ENDS_WITH_VERB.search(sentence))


def may_introduce_output(prose: str) -> bool:
    """Return whether `prose` ends in a colon, and announces output or something else: "我们可以看到:"."""
    sentence = _last_sentence(_bare(_last_paragraph(prose)))
    return sentence.endswith((":", "：")) and _MAY_ANNOUNCE.search(sentence) is not None


def value_in(paragraph: str) -> str:
    """Return the value that a paragraph says is output, and has no block for; "" where it says none.

    It is in quotes as code at the end of the paragraph ("This prints `72.0`."), or behind a marker ("Output: 42",
    "输出[1, 2]由此可见", with the words behind it). It
    may be any text on the lines below a marker, where the paragraph says where its lines end.
    """
    first, line_break, below = _HARD_BREAK.sub("\0", paragraph).partition("\0")
    if line_break and after_marker(first.strip()) == "":
        return below.replace("\0", "\n").strip()
    bare = " ".join(_LINE_BREAK.sub(" ", paragraph).split())
    marked = after_marker(bare)
    if marked and has_only_values(marked):
        return marked
    begun = _BEGINS_WITH_OUTPUT.match(bare)
    if begun and begins_with_value(bare[begun.end() :]):
        return bare[begun.end() :]
    match = _VALUE_IN_PROSE.search(_last_sentence(bare))
    return match["value"] if match and has_only_values(match["value"]) else ""


def _last_sentence(paragraph: str) -> str:
    sentences = [each.strip() for each in _SENTENCE_END.split(paragraph) if each.strip()]
    return sentences[-1] if sentences else ""


def shows_picture(prose: str) -> bool:
    """Return whether `prose`, Markdown between two blocks, shows a picture above its last paragraph.

    The picture may be one of code, and the block below its output.
    """
    return _PICTURE.search(prose.removesuffix(_last_paragraph(prose))) is not None


def names_in(prose: str) -> set[str]:
    """Return the names in backquotes in the last paragraph of `prose`: what a sentence says that the output is of."""
    return set(re.findall(r"`+\s*([A-Za-z_]\w*)\s*`+", _last_paragraph(prose)))


def calls_in(prose: str) -> list[str]:
    """Return the calls with arguments that the last sentence of `prose` quotes as code: ``np.ones((4, 3))``."""
    calls = _CALL_IN_PROSE.findall(_last_sentence(" ".join(_last_paragraph(prose).split())))
    return [call for call in calls if not has_only_values(call)]


def below_marker(text: str) -> tuple[int, int] | None:
    """Return which lines of a text are output below a marker, from and to; None where there is no marker.

    It is in brackets (``[Output]``), or has a colon (``Output:``).
    A line that begins with an arrow, and is no value, says something of the output. So does what is below it.
    """
    lines = text.split("\n")
    marker = _IN_BRACKETS.fullmatch(lines[0]) or _BEFORE_COLON.fullmatch(lines[0])
    if marker is None or after_marker(marker[1]) != "":
        return None
    remarks = (number for number, line in enumerate(lines) if _REMARK_BELOW.match(line) and not has_only_values(line))
    return 1, next(remarks, len(lines))


def _last_paragraph(prose: str) -> str:
    return prose.rstrip().rpartition("\n\n")[2].strip()


def _bare(text: str) -> str:
    """Return text without the marks of headings and emphasis around it."""
    return " ".join(text.strip("*_#`> \n").replace("**", "").split())
