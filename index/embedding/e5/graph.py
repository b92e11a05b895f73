"""Writes the E5 encoder as an ONNX graph, with int8 weights.

The architecture is BERT's (Devlin et al. 2019, https://arxiv.org/abs/1810.04805), with the mean of the last
hidden states, scaled to length 1, as the text's vector (Wang et al. 2024, https://arxiv.org/abs/2402.05672).
Attention, layer norm and GELU are onnxruntime's own fused operators (domain ``com.microsoft``).
"""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from index.embedding.e5.weights import Floats, Weights

FUSED = "com.microsoft"


class _GraphWriter:
    """Collects nodes and their constants."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, values: Floats) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, operator: str, inputs: list[str], output: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [output], **attributes))
        return output

    def linear(self, x: str, name: str, weight: Floats, bias: Floats) -> str:
        product = self.node("MatMul", [x, self.constant(f"{name}.w", weight.T)], f"{name}.product")
        return self.node("Add", [product, self.constant(f"{name}.b", bias)], f"{name}.out")


def write_int8_graph(weights: Weights, path: Path) -> None:
    """Write the encoder to ``path``.

    Its input is ``x`` (1, length, hidden); its outputs are ``vector`` (1, hidden), of the text, and ``tokens``
    (1, length, hidden), one of length 1 for each token.
    """
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "e5-fp32.onnx"
        onnx.save(_encoder(weights), full)
        quiet = logging.getLogger()
        level = quiet.level
        quiet.setLevel(logging.ERROR)  # it advises a pre-processing step that this graph has no use for
        try:
            quantize_dynamic(
                full,
                path,
                weight_type=QuantType.QInt8,
                per_channel=True,
                # 7 bits: products of 8 saturate on processors with AVX2 and no VNNI, and vectors differ there.
                reduce_range=True,
                op_types_to_quantize=["MatMul"],
                extra_options={"DefaultTensorType": TensorProto.FLOAT},
            )
        finally:
            quiet.setLevel(level)


def _encoder(weights: Weights) -> onnx.ModelProto:
    shape, graph = weights.shape, _GraphWriter()
    norm = _scale_and_shift(graph, weights, "emb.ln")
    hidden = graph.node("LayerNormalization", ["x", *norm], "embedded", axis=-1, epsilon=shape.epsilon)
    for number in range(shape.layers):
        hidden = _layer(graph, weights, f"l{number}", hidden)
    mean = graph.node("ReduceMean", [hidden], "mean", axes=[1], keepdims=0)
    graph.node("LpNormalization", [mean], "vector", axis=-1, p=2)
    graph.node("LpNormalization", [hidden], "tokens", axis=-1, p=2)

    sizes: list[int | str] = [1, "length", shape.hidden]
    return helper.make_model(
        helper.make_graph(
            graph.nodes,
            "multilingual-e5-small",
            [helper.make_tensor_value_info("x", TensorProto.FLOAT, sizes)],
            [
                helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, shape.hidden]),
                helper.make_tensor_value_info("tokens", TensorProto.FLOAT, sizes),
            ],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)],
        ir_version=8,
    )


def _layer(graph: _GraphWriter, weights: Weights, name: str, hidden: str) -> str:
    shape = weights.shape

    def linear(x: str, part: str, rows: int, columns: int) -> str:
        full = f"{name}.{part}"
        return graph.linear(x, full, weights.matrix(f"{full}.w", rows, columns), weights.vector(f"{full}.b"))

    query, key, value = (linear(hidden, part, shape.hidden, shape.hidden) for part in "qkv")
    attended = graph.node(
        "MultiHeadAttention", [query, key, value], f"{name}.attended", domain=FUSED, num_heads=shape.heads
    )
    projected = linear(attended, "ao", shape.hidden, shape.hidden)
    after_attention = graph.node(
        "SkipLayerNormalization",
        [projected, hidden, *_scale_and_shift(graph, weights, f"{name}.aln")],
        f"{name}.after_attention",
        domain=FUSED,
        epsilon=shape.epsilon,
    )
    widened = linear(after_attention, "fi", shape.feed_forward, shape.hidden)
    activated = graph.node("Gelu", [widened], f"{name}.activated", domain=FUSED)
    narrowed = linear(activated, "fo", shape.hidden, shape.feed_forward)
    return graph.node(
        "SkipLayerNormalization",
        [narrowed, after_attention, *_scale_and_shift(graph, weights, f"{name}.oln")],
        f"{name}.out",
        domain=FUSED,
        epsilon=shape.epsilon,
    )


def _scale_and_shift(graph: _GraphWriter, weights: Weights, name: str) -> list[str]:
    return [graph.constant(f"{name}.{part}", weights.vector(f"{name}.{part}")) for part in "wb"]
