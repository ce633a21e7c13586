"""
One-sentence explanations as the product asks for them: the code, a blank line, and a comment that begins "In plain
English: the function NAME above". A docstring's first sentence becomes the rest of it where it begins with a verb.
"""

import re

from training.explanations import Explained

#: Behind which the model goes on; `src/core/explain` owns the words.
OPENING = "In plain English: the {kind} {name} above"
_DEFINITION = re.compile(
    r"\b(?P<keyword>def|class|function\*?|interface|type|enum)\s+(?P<name>[A-Za-z_$][\w$]*)"
    r"|^\s*(?:(?:export|public|private|protected|static|async|abstract|readonly|override|get|set)\s+)*"
    r"(?:(?:const|let)\s+)?(?P<other>[A-Za-z_$][\w$]*)\s*[(<=:]",
    re.M,
)
_KINDS = {"class": "class", "interface": "interface", "type": "type", "enum": "enum"}
#: Verbs that docstrings begin with and whose third person is not the word and an s.
_IRREGULAR = {"do": "does", "go": "goes", "have": "has", "be": "is"}
#: Enough of the imperatives that docstrings begin with; a word that is none of them may be a noun.
_VERBS = frozenset(
    """abort accept access acquire activate add adjust advance allocate allow analyze append apply assert assign attach
    authenticate await begin bind build calculate call cancel cast change check choose clean clear clone close collect
    combine compare compile complete compress compute concatenate configure confirm connect construct consume contain
    convert copy count create decode decrease decrypt deserialize define delete describe destroy detach detect determine
    disable disconnect discard dispatch display divide do download draw drop dump emit enable encode encrypt ensure
    enter escape estimate evaluate execute exit expand extend extract fetch fill filter find finish fit flatten flush
    format forward generate get give group handle have hide implement import increase increment indicate inform
    initialize insert inspect install invoke iterate join keep launch list listen load locate lock log look make map
    mark match merge modify move multiply normalize notify obtain open order output override pad parse pass perform
    persist pick plot poll pop populate prepare prevent print process produce provide publish push put query queue raise
    read receive record redirect reduce refresh register reject release reload remove rename render repeat replace
    report request require reset reshape resize resolve restore resume retrieve return reverse revert rotate round run
    sample save scale scan schedule search select send serialize set setup show shuffle shut sign skip sleep solve sort
    specify split start stop store stream strip submit subscribe substitute subtract swap switch synchronize take tell
    terminate test throw track transform translate traverse trigger trim truncate try turn unregister unset unwrap
    update upload use validate verify visit wait walk warn wrap write yield""".split()  # noqa: SIM905
)


def asked(item: Explained, language: str) -> tuple[str, str] | None:
    """The code with the comment's beginning, and how the sentence goes on; nothing for one that begins with no verb."""
    found = _DEFINITION.search(item.code)
    rest = third_person(item.sentence)
    if found is None or rest is None:
        return None
    kind = _KINDS.get(found["keyword"] or "", "function")
    opening = OPENING.format(kind=kind, name=found["name"] or found["other"])
    sign = "#" if language == "python" else "//"
    return f"{item.code.rstrip()}\n\n{sign} {opening}", f" {rest}"


def third_person(sentence: str) -> str | None:
    """“Return the sum.” → “returns the sum.”; nothing where the first word is no verb that is known."""
    first, _, rest = sentence.partition(" ")
    word = first.lower()
    if not rest or not word.isalpha():
        return None
    if _stem(word) != word:
        return f"{word} {rest}"
    return f"{_with_s(word)} {rest}" if word in _VERBS else None


def _with_s(verb: str) -> str:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if re.search(r"[^aeiou]y$", verb):
        return f"{verb[:-1]}ies"
    return f"{verb}es" if re.search(r"(s|x|z|ch|sh|o)$", verb) else f"{verb}s"


def _stem(word: str) -> str:
    """The verb of a third person; the word itself where it is none."""
    verbs = (word[:-1], word[:-2], f"{word[:-3]}y")
    return next((verb for verb in verbs if verb in _VERBS and _with_s(verb) == word), word)
