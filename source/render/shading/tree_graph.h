#pragma once

#include <functional>
#include <memory>

#include "document/document.h"
#include "document/node_tree.h"
#include "render/shading/graph.h"

namespace kiln::render::shading {

/// Gives the pixels of an image block; null where it has none. `user` says which picture of a
/// sequence.
using FindTexture =
    std::function<std::shared_ptr<const TextureImage>(BlockId image, const ImageUser& user)>;

/// A node tree of a document as the shader compiler takes it: settings and sockets by their
/// identifiers, groups inlined by reference. Links that are muted or part of a cycle are left out;
/// groups within themselves are empty.
ShaderGraph make_graph(const NodeTree& tree, const Document& document,
                       const FindTexture& find_texture);

}  // namespace kiln::render::shading
