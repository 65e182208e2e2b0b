"""gpu.types: what drawing consists of."""
from ._batch import GPUBatch, GPUIndexBuf, GPUUniformBuf, GPUVertBuf, GPUVertFormat
from ._buffer import Buffer
from ._picture import GPUFrameBuffer, GPUOffScreen, GPUTexture
from ._program import GPUShader, GPUShaderCreateInfo, GPUStageInterfaceInfo

__all__ = ("Buffer", "GPUBatch", "GPUFrameBuffer", "GPUIndexBuf", "GPUOffScreen", "GPUShader", "GPUShaderCreateInfo", "GPUStageInterfaceInfo", "GPUTexture",
           "GPUUniformBuf", "GPUVertBuf", "GPUVertFormat")
