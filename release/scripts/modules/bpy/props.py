"""bpy.props: definitions of properties that scripts register."""
