"""The lines that TensorFlow logs: output of no example, though documents may show them. Python 3.6."""

import re

# The records of C++ code, and of Python's loggers, which TensorFlow 1.x writes with its own name. Until C++ code has
# set up its logging, its records have the seconds since 1970 instead of those of the minute.
RECORD = re.compile(
    r"^[ \t]*(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+: [IWEF] |[IWEF]\d{4} \d\d:\d\d:\d+\.\d+:? +\d+ |[IWEF] tensorflow/"
    r"|WARNING: All log messages before |WARNING: Logging before |To enable (?:the following|them in other operations)"
    r"|Device mapping:|/job:\S+ -> |[^\s:]+: \(\w+\):? ?/job:"  # log_device_placement
    r"|From \S+:\d+: .* \(from [\w.]+\) is deprecated"  # by a handler that the document adds
    r"|Executing op \w+ in device |(?:DEBUG|INFO|WARNING|ERROR):(?:tensorflow|absl):).*\n?",
    re.MULTILINE,
)
