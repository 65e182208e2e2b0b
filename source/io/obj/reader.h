#pragma once

#include "core/progress.h"
#include "io/obj/scene.h"

namespace kiln::io::obj {

/// Reads an OBJ file and the material libraries that it names, on all cores.
///
/// Faces with fewer than three corners or with indices that do not exist, curves, surfaces and
/// unknown lines are left out with a warning; so is a library that cannot be read. Errors: the file
/// cannot be read, or it has more elements than a mesh may have. Result independent of the number
/// of threads.
///
/// Alias|Wavefront, "Object Files (.obj)", appendix B1 of the Advanced Visualizer manual,
/// version 3.0.
Result<Scene> read_obj(const Path& path, Progress& progress);

/// The same for a text in memory; libraries are looked for beside `path`, which need not exist.
Result<Scene> parse_obj(std::string_view text, const Path& path, Progress& progress);

}  // namespace kiln::io::obj
