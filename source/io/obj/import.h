#pragma once

#include "core/progress.h"
#include "core/schema/services.h"
#include "document/collection.h"
#include "document/document.h"
#include "io/axes.h"
#include "io/obj/scene.h"

namespace kiln {
class Mesh;
}

namespace kiln::io::obj {

struct ImportSettings {
  float global_scale = 1.0f;  ///< positions are multiplied by it
  float clamp_size =
      0.0f;  ///< if not 0, objects are scaled down by tens until everything is at most so large
  Axis forward = Axis::NegativeZ, up = Axis::Y;
  bool import_vertex_groups = false;  ///< groups of faces become vertex groups
  bool validate_meshes = false;       ///< repairs meshes even where nothing seems wrong
};

struct Imported {
  std::vector<BlockId> objects;  ///< in the order of the file
  std::vector<std::string> warnings;
};

/// Reads a file into a document: an object with a mesh for every object of the file that has faces
/// or lines, linked to `collection`, with the materials that they use. The services give the
/// registry of node types.
///
/// A file without object names gives one object named after the file. Directions are turned by the
/// objects' rotation, positions in meshes stay as they are in the file.
Result<Imported> import_obj(Document& document, BlockId collection, const Path& path,
                            const ImportSettings& settings, const Services* services,
                            Progress& progress);

/// The part of a scene that belongs to one of its objects.
struct ObjectPart {
  std::vector<FaceRun> faces;
  std::vector<LineRun> lines;
};

/// The mesh of one object of the file: the vertices that its faces and lines use, in the order of
/// the file. `materials` gets the indices of its materials in the order of their first use, which
/// are the slots of the mesh.
Mesh make_mesh(const Scene& scene, const ObjectPart& part, const ImportSettings& settings,
               std::vector<int>* materials);

/// Makes a document material with nodes. Pictures are looked for beside the libraries of the scene.
BlockId add_material(Document& document, const Material& material, const Scene& scene,
                     const Services* services, std::vector<std::string>& warnings);

}  // namespace kiln::io::obj
