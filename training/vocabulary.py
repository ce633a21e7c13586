"""The ids that mean something. Apart from the tokeniser, so that training needs nothing but torch and numpy."""

#: In the order of their ids, from 3 on. None may be named like a middle token: llama.cpp finds those by their text.
CONTROL_SYMBOLS = ("<fim_prefix>", "<fim_suffix>", "<explain>", "<answer>", "<file_sep>", "<repo_name>")
UNKNOWN, BOS, EOS, FIM_PREFIX, FIM_SUFFIX, EXPLAIN, ANSWER, FILE_SEPARATOR, REPOSITORY = range(9)
#: Of recipes in the order of other families, which ask for no explanations. Its name is not a middle token's, as above.
MIDDLE = ANSWER
#: Fills up a row and is never predicted: byte fallback leaves no use for the unknown token.
PADDING = UNKNOWN
