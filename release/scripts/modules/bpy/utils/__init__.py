"""bpy.utils: classes, paths and text."""
