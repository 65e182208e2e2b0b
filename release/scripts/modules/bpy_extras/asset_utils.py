"""Bases of panels in the browser of assets."""

__all__ = ("AssetBrowserPanel", "AssetMetaDataPanel", "SpaceAssetInfo")


class SpaceAssetInfo:
    """What kind of browser an editor is."""

    @classmethod
    def is_asset_browser(cls, space_data):
        """Whether it shows assets."""
        return bool(space_data) and space_data.type == "FILE_BROWSER" and space_data.browse_mode == "ASSETS"

    @classmethod
    def is_asset_browser_poll(cls, context):
        """The same for the editor of the context."""
        return cls.is_asset_browser(context.space_data)

    @classmethod
    def get_active_asset(cls, context):
        """What is known about the active asset, or None."""
        handle = getattr(context, "asset_file_handle", None)
        return getattr(handle, "asset_data", None)


class AssetBrowserPanel:
    """A panel that is seen with assets only."""
    bl_space_type = "FILE_BROWSER"

    @classmethod
    def asset_browser_panel_poll(cls, context):
        """Whether the editor shows assets."""
        return SpaceAssetInfo.is_asset_browser_poll(context)

    @classmethod
    def poll(cls, context):
        return cls.asset_browser_panel_poll(context)


class AssetMetaDataPanel:
    """A panel about the active asset."""
    bl_space_type = "FILE_BROWSER"
    bl_region_type = "TOOL_PROPS"

    @classmethod
    def poll(cls, context):
        return SpaceAssetInfo.is_asset_browser_poll(context) and SpaceAssetInfo.get_active_asset(context) is not None
