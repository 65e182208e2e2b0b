#include "document/script_nodes.h"

#include "core/schema/registry.h"
#include "core/schema/services.h"
#include "document/document.h"
#include "document/group_nodes.h"

namespace kiln {
namespace {

constexpr const char* group_bases[] = {"NodeCustomGroup", "ShaderNodeCustomGroup", "GeometryNodeCustomGroup", "CompositorNodeCustomGroup"};

const Schema* registered(const Registry& registry, std::string_view name, const Schema& base) {
  const Schema* found = name.empty() ? nullptr : registry.find(name);
  return found && found->is_runtime && found->is_a(base) ? found : nullptr;
}

// The type of a socket that a script defines; null for those of the program.
const Schema* socket_type(const Registry& registry, const NodeSocket& socket) {
  return socket_type_of(socket.kind) ? nullptr : registered(registry, socket.kind, NodeSocket::schema());
}

bool is_current(const ItemList<NodeSocket>& sockets, const Registry& registry) {
  for (const NodeSocket& socket : sockets) {
    if (socket.script_type != socket_type(registry, socket)) {
      return false;
    }
  }
  return true;
}

void resolve(ItemList<NodeSocket>& sockets, const Registry& registry) {
  for (std::int64_t i = 0; i < sockets.size(); ++i) {
    if (sockets[i].script_type != socket_type(registry, sockets[i])) {
      sockets.edit(i).script_type = socket_type(registry, sockets[i]);
    }
  }
}

const ScriptNode* as_script_node(const Node& node) { return dynamic_cast<const ScriptNode*>(&node); }

bool is_current(const NodeTree& tree, const Registry& registry) {
  if (tree.script_type != registered(registry, tree.script_kind, NodeTree::schema())) {
    return false;
  }
  for (const Node& node : tree.nodes) {
    const ScriptNode* of_script = as_script_node(node);
    if ((of_script && of_script->type != registered(registry, of_script->kind, Node::schema())) || !is_current(node.inputs, registry) ||
        !is_current(node.outputs, registry)) {
      return false;
    }
  }
  return true;
}

template <int Which>
const Schema& group_schema() {
  static const Schema schema = [] {
    SchemaBuilder<ScriptNode> s(group_bases[Which], "Custom Group", &Node::schema());
    s.add<&ScriptNode::node_tree>("node_tree", "Node Tree").not_animatable().overridable().changes(Change::Shading | Change::Hierarchy);
    return s.build();
  }();
  return schema;
}

struct NodeOfCall {
  NodeTree* tree = nullptr;
  Node* node = nullptr;
};

// The node a call works on, writable; an error for those of the program.
Result<NodeOfCall> edit_node(const Call& call, const char* message) {
  const auto& node = call.target.as<Node>();
  if (!as_script_node(node)) {
    return Error::invalid("Error: {}", message);
  }
  const MutableRef edit = call.edit(Change::Shading | Change::Geometry);
  return NodeOfCall{static_cast<NodeTree*>(edit.block), &edit.as<Node>()};
}

ItemId item_of(const Value& value) { return value.as_handle().steps.empty() ? 0 : value.as_handle().steps.back().item; }

Handle handle_of(const Call& call, const ItemList<NodeSocket>& sockets, bool is_output) {
  Handle handle = call.self;
  const Property* property = Node::schema().property(is_output ? "outputs" : "inputs");
  if (!handle.steps.empty() && handle.steps.back().property == property) {
    handle.steps.pop_back();
  }
  handle.steps.push_back(PathStep{property, sockets.id(sockets.size() - 1)});
  return handle;
}

}  // namespace

const Schema& ScriptNode::dynamic_schema() const { return type ? *type : Node::schema(); }

void ScriptNode::update(const NodeTree*, const Document* document) {
  const NodeTree* group = document && is_group ? document->find(node_tree) : nullptr;
  if (group) {
    follow_interface(inputs, group->inputs, false);
    follow_interface(outputs, group->outputs, true);
  }
}

void resolve_script_nodes(Document& document, const Registry& registry) {
  std::vector<BlockId> stale;
  document.for_each([&](const DataBlock& block) {
    if (block.type() == BlockType::NodeTree && !is_current(static_cast<const NodeTree&>(block), registry)) {
      stale.push_back(block.id);
    }
  });
  for (const BlockId id : stale) {
    auto& tree = document.edit<NodeTree>(id, Change::Settings);
    tree.script_type = registered(registry, tree.script_kind, NodeTree::schema());
    for (std::int64_t i = 0; i < tree.nodes.size(); ++i) {
      Node& node = tree.nodes.edit(i);
      if (auto* of_script = dynamic_cast<ScriptNode*>(&node)) {
        of_script->type = registered(registry, of_script->kind, Node::schema());
        of_script->is_group = of_script->type && of_script->type->property("node_tree");
      }
      resolve(node.inputs, registry);
      resolve(node.outputs, registry);
    }
  }
}

bool is_socket_kind(const Registry* registry, std::string_view kind) {
  return socket_type_of(kind) || (registry && registered(*registry, kind, NodeSocket::schema()));
}

NodeSocket& add_script_socket(const Registry* registry, ItemList<NodeSocket>& sockets, bool is_output, std::string_view kind, std::string_view name,
                              std::string_view identifier) {
  NodeSocket socket;
  socket.name = name;
  socket.kind = kind;
  socket.type = socket_type_of(kind).value_or(SocketType::Custom);
  socket.script_type = registry ? socket_type(*registry, socket) : nullptr;
  socket.is_output = is_output;
  socket.identifier = unique_item_name(
      identifier.empty() ? name : identifier,
      [&](std::string_view candidate) {
        for (const NodeSocket& other : sockets) {
          if (other.identifier == candidate) {
            return true;
          }
        }
        return false;
      },
      '_');
  return sockets.add(socket);
}

void add_socket_functions(Schema& schema, bool is_output) {
  const auto list = [is_output](Node& node) -> ItemList<NodeSocket>& { return is_output ? node.outputs : node.inputs; };
  const auto text = [](const char* identifier, const char* label) {
    return parameter(PropertyType::String, identifier, label, [](PropertyBuilder& p) { p.required().never_none(); });
  };
  const auto socket = [](bool is_result) {
    return parameter(PropertyType::Pointer, "socket", "", [is_result](PropertyBuilder& p) {
      p.target(&NodeSocket::schema);
      if (is_result) {
        p.output();
      }
    });
  };
  Function add;
  add.identifier = "new";
  add.parameters = {text("type", "Type"), text("name", "Name"),
                    parameter(PropertyType::String, "identifier", "Identifier", [](PropertyBuilder& p) { p.default_value("").never_none(); }), socket(true)};
  add.call = [list, is_output](const Call& call) -> Result<Value> {
    const auto* registry = call.services.find<const Registry>();
    const std::string& kind = call.values[0].as_string();
    if (as_script_node(call.target.as<Node>()) && !is_socket_kind(registry, kind)) {
      return Error::invalid("Error: Cannot create a socket of type \"{}\": it is no type of sockets", kind);
    }
    const Result<NodeOfCall> found = edit_node(call, "Cannot add socket to built-in node");
    if (!found) {
      return found.error();
    }
    ItemList<NodeSocket>& sockets = list(*found->node);
    add_script_socket(registry, sockets, is_output, kind, call.values[1].as_string(), call.values[2].as_string());
    return Value(handle_of(call, sockets, is_output));
  };
  schema.functions.push_back(std::move(add));

  Function remove;
  remove.identifier = "remove";
  remove.parameters = {socket(false)};
  remove.call = [list](const Call& call) -> Result<Value> {
    const Result<NodeOfCall> found = edit_node(call, "Unable to remove socket from built-in node");
    if (!found) {
      return found.error();
    }
    ItemList<NodeSocket>& sockets = list(*found->node);
    const std::int64_t at = sockets.index_of(item_of(call.values[0]));
    if (at < 0) {
      return Error::invalid("Error: Unable to locate socket '{}' in node", found->node->name);
    }
    sockets.remove(at);
    found->tree->update(&call.document);
    return Value();
  };
  schema.functions.push_back(std::move(remove));

  Function clear;
  clear.identifier = "clear";
  clear.call = [list](const Call& call) -> Result<Value> {
    const Result<NodeOfCall> found = edit_node(call, "Unable to remove sockets from built-in node");
    if (!found) {
      return found.error();
    }
    list(*found->node).clear();
    found->tree->update(&call.document);
    return Value();
  };
  schema.functions.push_back(std::move(clear));

  Function move;
  move.identifier = "move";
  for (const char* name : {"from_index", "to_index"}) {
    move.parameters.push_back(parameter(PropertyType::Int, name, "", [](PropertyBuilder& p) {
      p.required().range(0, infinity).soft(0, 10000).default_value(-1);
    }));
  }
  move.call = [list](const Call& call) -> Result<Value> {
    const Result<NodeOfCall> found = edit_node(call, "Unable to move sockets in built-in node");
    if (!found) {
      return found.error();
    }
    ItemList<NodeSocket>& sockets = list(*found->node);
    const std::int64_t from = call.values[0].as_int(), to = call.values[1].as_int();
    if (from != to && from >= 0 && to >= 0 && from < sockets.size() && to < sockets.size()) {
      sockets.move(from, to);
    }
    return Value();
  };
  schema.functions.push_back(std::move(move));
}

void register_script_nodes(Registry& registry) {
  registry.add(group_schema<0>());
  registry.add(group_schema<1>());
  registry.add(group_schema<2>());
  registry.add(group_schema<3>());
}

}  // namespace kiln
