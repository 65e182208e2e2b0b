"""Helpers for add-ons: importing and exporting, adding objects, finding pictures."""
__all__ = ("asset_utils", "bmesh_utils", "id_map_utils", "image_utils", "io_utils", "keyconfig_utils", "mesh_utils", "node_shader_utils",
           "node_utils", "object_utils", "view3d_utils", "wm_utils")


def __getattr__(name):
    """Modules of the package are there without having been imported."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return importlib.import_module(f"{__name__}.{name}")


def __dir__():
    return sorted({*globals(), *__all__})
