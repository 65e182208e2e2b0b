"""bpy.app.translations: texts in the language of the user. The program speaks English; add-ons may bring dictionaries."""
import collections as _collections
import re as _re
import types as _types

locale = "en_US"
locales = ("en_US",)
_NAMES = {"default_real": None, "default": "*", "operator_default": "Operator", "ui_events_keymaps": "UI_Events_KeyMaps", "plural": "Plural",
          "id_action": "Action", "id_armature": "Armature", "id_brush": "Brush", "id_cachefile": "CacheFile", "id_camera": "Camera",
          "id_collection": "Collection", "id_curve": "Curve", "id_curves": "Curves", "id_fs_linestyle": "FreestyleLineStyle", "id_gpencil": "GPencil",
          "id_id": "ID", "id_image": "Image", "id_lattice": "Lattice", "id_library": "Library", "id_light": "Light", "id_lightprobe": "LightProbe",
          "id_mask": "Mask", "id_material": "Material", "id_mesh": "Mesh", "id_metaball": "Metaball", "id_movieclip": "MovieClip",
          "id_nodetree": "NodeTree", "id_object": "Object", "id_paintcurve": "PaintCurve", "id_palette": "Palette",
          "id_particlesettings": "ParticleSettings", "id_pointcloud": "PointCloud", "id_scene": "Scene", "id_screen": "Screen", "id_sequence": "Sequence",
          "id_shapekey": "Key", "id_simulation": "Simulation", "id_sound": "Sound", "id_speaker": "Speaker", "id_text": "Text", "id_texture": "Texture",
          "id_vfont": "VFont", "id_volume": "Volume", "id_windowmanager": "WindowManager", "id_workspace": "WorkSpace", "id_world": "World",
          "editor_preferences": "Preferences", "editor_python_console": "Console", "editor_view3d": "View3D"}
contexts = _collections.namedtuple("contexts", _NAMES)(*_NAMES.values())
contexts_C_to_py = _types.MappingProxyType({f"BLT_I18NCONTEXT_{name.upper()}": name for name in _NAMES})
_dictionaries = {}


def register(module_name, translations_dict):
    """Adds the dictionary of an add-on: languages to {(context, text): translation}."""
    if not isinstance(translations_dict, dict):
        raise TypeError(f"register(): expected a dictionary, not {type(translations_dict).__name__}")
    if module_name in _dictionaries:
        raise ValueError(f"bpy.app.translations.register: translations message cache already contains some data for addon '{module_name}'")
    _dictionaries[module_name] = translations_dict


def unregister(module_name):
    """Takes it away again."""
    if module_name not in _dictionaries:
        raise ValueError(f"bpy.app.translations.unregister: translations message cache does not contain anything for addon '{module_name}'")
    del _dictionaries[module_name]


def pgettext(msgid, msgctxt=None):
    """The text in the language of the user; itself where there is no translation."""
    if not isinstance(msgid, str):
        raise TypeError(f"pgettext(): expected a string, not {type(msgid).__name__}")
    for dictionary in _dictionaries.values():
        found = dictionary.get(locale, {}).get((msgctxt or "*", msgid))
        if found:
            return found
    return msgid


pgettext_iface = pgettext_tip = pgettext_data = pgettext


def locale_explode(locale):
    """Language, country, variant, and the two ways to join the language with one of them."""
    found = _re.fullmatch(r"([a-z]+)(?:_([A-Z]+))?(?:@(\w+))?", locale or "")
    language, country, variant = found.groups() if found else (None, None, None)
    return language, country, variant, f"{language}_{country}" if country else None, f"{language}@{variant}" if variant else None
