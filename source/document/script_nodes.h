#pragma once

#include <optional>
#include <string>

#include "document/node_tree.h"

namespace kiln {

/// What scripts that define node types want to be told. A service; owner's thread only. The functions may change the document.
class ScriptNodes {
public:
  virtual ~ScriptNodes() = default;
  /// Why a node of this type cannot be in this tree (empty: no reason is given); nothing when it can.
  virtual std::optional<std::string> refuses(const Schema& type, BlockId tree) = 0;
  /// The node was made by a call, and gets its sockets.
  virtual void added(const Handle& node) = 0;
  /// The node came with the copy of a tree that had `source`.
  virtual void copied(const Handle& node, const Handle& source) = 0;
  /// The node is about to be removed.
  virtual void removing(const Handle& node) = 0;
  /// The nodes or links of the tree have changed.
  virtual void changed(BlockId tree) = 0;
};

/// A node of a type that a script defines: its sockets are made by the script, the values of its properties lie in `custom`.
///
/// It knows its type by name, and the schema while the type is registered; without one it keeps all it has and shows as a plain node.
class ScriptNode : public Node {
public:
  std::string kind;                    ///< identifier of the type
  const Schema* type = nullptr;        ///< of the registered class; schemas live as long as the program
  BlockRef<NodeTree> node_tree;        ///< of custom groups: the tree the node runs
  bool is_group = false;               ///< derives from one of the custom groups

  ScriptNode() = default;
  const Schema& dynamic_schema() const override;
  std::shared_ptr<Node> clone() const override { return std::make_shared<ScriptNode>(*this); }
  BlockRef<NodeTree> group_tree() const override { return node_tree; }
  void update(const NodeTree* tree, const Document* document) override;
};

/// Connects nodes, sockets and trees of the document with the types that are registered now, and those whose types are gone with none.
void resolve_script_nodes(Document& document, const Registry& registry);

/// Whether a socket of this kind can be made: one of the program's kinds, or a registered type.
bool is_socket_kind(const Registry* registry, std::string_view kind);
/// A new socket at the end of a list, of a kind for which that holds; its identifier is `identifier` or the name, made unique.
NodeSocket& add_script_socket(const Registry* registry, ItemList<NodeSocket>& sockets, bool is_output, std::string_view kind,
                              std::string_view name, std::string_view identifier);

/// Writes what a class says of all its objects: it can be set to what it is, as scripts that copy
/// nodes do, and to nothing else.
std::function<Result<void>(const MutableRef&, const Value&)> keep_class_fact(
    const char* what, std::function<Value(const ConstRef&)> get);
/// `NodeInputs` and `NodeOutputs`: functions new, remove, clear and move, for nodes of scripts.
void add_socket_functions(Schema& schema, bool is_output);

void register_script_nodes(Registry& registry);

}  // namespace kiln
