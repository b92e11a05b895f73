"""llama.cpp's own server with the smallest model that it loads, made here of random numbers: it writes nonsense.

For whoever has the packages ``xllamacpp`` and ``gguf``, which neither Newsdesk nor its other tests need.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

DIMENSION = 32
WINDOW = 512
"""Tokens, of which a character is one or more."""

_HEADS = 2
_FORWARD = 64


def write_model(path: Path) -> None:
    """One layer, and a vocabulary of the 256 bytes and the letters."""
    import gguf

    letters = "▁abcdefghijklmnopqrstuvwxyz"
    vocabulary = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), *letters]
    kind = gguf.TokenType
    kinds = [kind.UNKNOWN, kind.CONTROL, kind.CONTROL] + [kind.BYTE] * 256 + [kind.NORMAL] * len(letters)
    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_context_length(WINDOW)
    writer.add_embedding_length(DIMENSION)
    writer.add_block_count(1)
    writer.add_feed_forward_length(_FORWARD)
    writer.add_head_count(_HEADS)
    writer.add_head_count_kv(_HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(DIMENSION // _HEADS)
    writer.add_vocab_size(len(vocabulary))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(vocabulary)
    writer.add_token_scores([0.0] * len(vocabulary))
    writer.add_token_types(kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    numbers = np.random.default_rng(0)
    for name in ("output_norm", "blk.0.attn_norm", "blk.0.ffn_norm"):
        writer.add_tensor(f"{name}.weight", np.ones(DIMENSION, np.float32))
    shapes = {"token_embd": (len(vocabulary), DIMENSION), "output": (len(vocabulary), DIMENSION)}
    shapes |= {f"blk.0.attn_{part}": (DIMENSION, DIMENSION) for part in ("q", "k", "v", "output")}
    shapes |= {f"blk.0.ffn_{part}": (_FORWARD, DIMENSION) for part in ("gate", "up")}
    shapes["blk.0.ffn_down"] = (DIMENSION, _FORWARD)
    for name, shape in shapes.items():
        writer.add_tensor(f"{name}.weight", (numbers.standard_normal(shape) / 10).astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


@contextmanager
def running_llama_cpp(model: Path, *, embeds: bool = False) -> Iterator[str]:
    """The base URL of a server with ``model``, in this process; it ends with the block."""
    import xllamacpp

    parameters: Any = xllamacpp.CommonParams()
    parameters.model.path = str(model)
    parameters.n_ctx = WINDOW
    parameters.port = 0
    parameters.n_parallel = 1
    parameters.warmup = False
    if embeds:
        parameters.embedding = True
        parameters.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
    server = xllamacpp.Server(parameters)
    try:
        yield f"{server.listening_address}/v1"
    finally:
        del server
