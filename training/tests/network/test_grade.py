import torch

from training.examples import Example, tokens_of
from training.grade import grade, write
from training.model import Llama
from training.tokenizer import SentencePieceTokenizer
from training.vocabulary import EOS

from ..conftest import SHAPE


def test_a_model_that_learnt_one_sentence_writes_it_and_is_sure(tokenizer: SentencePieceTokenizer) -> None:
    example = Example("explain", "python", "a.py", "def load(value):\n    return value\n", "", (), "Returns the load.")
    tokens, start = tokens_of(tokenizer, example, SHAPE.context)
    assert tokens[-1] == EOS
    torch.manual_seed(1)
    model = Llama(SHAPE)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(60):
        optimizer.zero_grad()
        model.losses(torch.tensor([tokens]))[0, start - 1 :].mean().backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    graded = grade(model.eval(), tokenizer, example)
    assert graded.answer == "Returns the load." and graded.same_first_word and graded.rouge_l == 1.0
    assert graded.probability > 0.9
    written, probability = write(model, tokens[:start], 2)
    assert written == tokens[start : start + 2] and 0.9 < probability <= 1.0
