#pragma once

#include <initializer_list>
#include <string_view>

#include "core/schema/builder.h"
#include "core/schema/registry.h"
#include "document/curve_mapping.h"
#include "document/node_tree.h"
#include "document/texture_mapping.h"
#include "render/shading/compiler.h"

namespace kiln::render::shading {

/// Base of all nodes of shader trees.
struct ShaderNode : Node {
  static const Schema& schema();

protected:
  /// For `update`: enables the named sockets and no others, and takes labels away.
  void show(std::initializer_list<std::string_view> shown_inputs,
            std::initializer_list<std::string_view> shown_outputs);
  /// For `update`, after `show`: what an input is called under the present settings.
  void relabel(std::string_view identifier, std::string_view label);
};

/// Where the files of `shading/nodes` put their node types, each with the function that compiles
/// it.
struct ShaderNodeList {
  Registry* types = nullptr;        ///< gets the schemas, or nothing
  NodeRegistry* kernels = nullptr;  ///< gets the compile functions, or nothing

  /// Types without a function compile to zero.
  template <typename NodeClass>
  void add(CompileNode compile) {
    if (types) {
      types->add(NodeClass::schema());
    }
    if (kernels && compile) {
      kernels->add(NodeClass::schema().identifier, compile);
    }
  }
};

}  // namespace kiln::render::shading
