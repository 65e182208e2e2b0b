#pragma once

namespace kiln::editor {

class MainWindow;
class Playback;
struct EditorContext;

/// Adds what the window itself does to the commands: history, search, areas, playback, rendering.
void add_window_commands(EditorContext& context, MainWindow& window, Playback& playback);

}  // namespace kiln::editor
