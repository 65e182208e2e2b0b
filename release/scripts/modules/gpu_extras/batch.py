"""Batches from lists of values."""


def batch_for_shader(shader, type, content, *, indices=None):
    """What a shader draws, from a dictionary of attributes with a value for each vertex."""
    import gpu

    for values in content.values():
        if len(values) != len(next(iter(content.values()))):
            raise ValueError("Length mismatch for 'content' values")
    available = shader.format_calc()
    layout = gpu.types.GPUVertFormat()
    known = {name: (component, length, fetch) for name, component, length, fetch in available._attributes}
    for name in content:
        if name not in known:
            raise ValueError(f"the shader has no attribute {name!r}; it has {tuple(known)}")
        component, length, fetch = known[name]
        layout.attr_add(id=name, comp_type=component, len=length, fetch_mode=fetch)
    buffer = gpu.types.GPUVertBuf(layout, len(next(iter(content.values()), ())))
    for name, values in content.items():
        buffer.attr_fill(name, values)
    if indices is None:
        return gpu.types.GPUBatch(type=type, buf=buffer)
    return gpu.types.GPUBatch(type=type, buf=buffer, elem=gpu.types.GPUIndexBuf(type=type, seq=indices))
