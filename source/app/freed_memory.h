#pragma once

namespace kiln::app {

/// Lets the program keep some of the memory it frees (256 MB at most), for the next arrays of that
/// size: getting pages from the system again and clearing them took a fifth of the time of large
/// modifiers and of frames of large scenes. To be called once, before anything else.
void keep_freed_memory();

}  // namespace kiln::app
