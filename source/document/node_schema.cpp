// What nodes, links and trees show to the interface.
#include "core/schema/registry.h"
#include "core/schema/services.h"
#include "document/document.h"
#include "document/group_nodes.h"
#include "document/node_tree.h"
#include "document/script_nodes.h"

namespace kiln {
namespace {

const NodeTree& tree_of(const ConstRef& ref) {
  return static_cast<const NodeTree&>(*ref.block);
}

Value node_or_none(const NodeTree& tree, ItemId node) {
  return tree.find_node(node) ? Value(node_handle(tree, node)) : Value();
}

ItemId item_of(const Value& value) {
  return value.as_handle().steps.empty() ? 0 : value.as_handle().steps.back().item;
}
ItemId node_of_socket(const Value& value) {
  const auto& steps = value.as_handle().steps;
  return steps.size() < 2 ? 0 : steps[steps.size() - 2].item;
}

ItemId own_id(const ConstRef& node) {
  const NodeTree& tree = tree_of(node);
  for (std::int64_t i = 0; i < tree.nodes.size(); ++i) {
    if (&tree.nodes[i] == node.data) {
      return tree.nodes.id(i);
    }
  }
  return 0;
}

const Schema& node_inputs_schema() {
  static const Schema schema = [] {
    Schema s;
    s.identifier = "NodeInputs";
    s.label = "Node Inputs";
    add_socket_functions(s, false);
    return s;
  }();
  return schema;
}

const Schema& node_outputs_schema() {
  static const Schema schema = [] {
    Schema s;
    s.identifier = "NodeOutputs";
    s.label = "Node Outputs";
    add_socket_functions(s, true);
    return s;
  }();
  return schema;
}

struct NodesTag {};
struct LinksTag {};
struct TreeInputsTag {};
struct TreeOutputsTag {};

Result<Value> new_node(const Call& call) {
  const auto* registry = call.services.find<const Registry>();
  const std::string& wanted = call.values[0].as_string();
  const Schema* type = registry ? registry->kind(Node::schema(), wanted) : nullptr;
  if (!type || (type->tag.empty() && !type->is_runtime)) {
    return Error::invalid("Error: Node type {} undefined", wanted);
  }
  auto* scripts = call.services.find<ScriptNodes>();
  const std::string tree_name = call.target.block->name;
  if (type->is_runtime && scripts) {
    if (const std::optional<std::string> reason = scripts->refuses(*type, call.target.block->id)) {
      return Error::invalid("Error: Cannot add node of type {} to node tree '{}'{}{}", wanted,
                            tree_name, reason->empty() ? "" : "\n  ", *reason);
    }
  }
  const MutableRef edit = call.edit(Change::Shading | Change::Geometry);
  if (!edit) {
    return Error::invalid(
        "Error: node tree '{}' was removed while a node of type {} was asked whether it may be in "
        "it",
        tree_name, wanted);
  }
  auto& tree = static_cast<NodeTree&>(*edit.block);
  std::shared_ptr<Node> node(static_cast<Node*>(type->make()));
  if (type->is_runtime) {
    auto& of_script = static_cast<ScriptNode&>(*node);
    of_script.kind = type->identifier;
    of_script.type = type;
    of_script.is_group = type->property("node_tree") != nullptr;
  }
  ItemId id = 0;
  for (std::int64_t i = 0; i < tree.nodes.size(); ++i) {
    if (tree.nodes[i].select) {
      tree.nodes.edit(i).select = false;
    }
  }
  tree.add_node(std::move(node), &id).update(&tree, &call.document);
  tree.set_active_node(id);
  const Handle handle = node_handle(tree, id);
  if (type->is_runtime && scripts) {
    scripts->added(handle);  // may change the document: `tree` is not used any more
  }
  return Value(handle);
}

const Schema& nodes_schema() {
  static const Schema schema = [] {
    SchemaBuilder<NodesTag> s("Nodes", "Nodes");
    s.add_computed(
         PropertyType::Pointer, "active", "Active Node",
         [](const ConstRef& r) { return node_or_none(tree_of(r), tree_of(r).active_node); },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           static_cast<NodeTree&>(*r.block).set_active_node(item_of(v));
           return {};
         })
        .target(&Node::schema)
        .not_animatable()
        .changes(Change::Selection | Change::Shading);
    s.add_function(
        "new",
        {parameter(PropertyType::String, "type", "Type", [](PropertyBuilder& p) { p.required(); }),
         parameter(PropertyType::Pointer, "node", "",
                   [](PropertyBuilder& p) { p.output().target(&Node::schema); })},
        new_node);
    s.add_function(
        "remove",
        {parameter(PropertyType::Pointer, "node", "",
                   [](PropertyBuilder& p) { p.required().never_none().target(&Node::schema); })},
        [](const Call& call) -> Result<Value> {
          const ItemId id = item_of(call.values[0]);
          if (!tree_of(call.target).find_node(id)) {
            return Error::invalid("Error: Unable to locate node in node tree");
          }
          auto* scripts = call.services.find<ScriptNodes>();
          const BlockId of_tree = call.target.block->id;
          if (scripts && dynamic_cast<const ScriptNode*>(tree_of(call.target).find_node(id))) {
            scripts->removing(node_handle(tree_of(call.target), id));
          }
          const MutableRef edit = call.edit(Change::Shading | Change::Geometry);
          if (!edit) {
            return Value();  // the script removed the tree itself
          }
          auto& tree = static_cast<NodeTree&>(*edit.block);
          tree.remove_node(id);
          tree.update(&call.document);
          if (scripts) {
            scripts->changed(of_tree);
          }
          return Value();
        });
    s.add_function("clear", {}, [](const Call& call) -> Result<Value> {
      auto* scripts = call.services.find<ScriptNodes>();
      const BlockId of_tree = call.target.block->id;
      std::vector<Handle> of_scripts;
      const NodeTree& before = tree_of(call.target);
      for (std::int64_t i = 0; scripts && i < before.nodes.size(); ++i) {
        if (dynamic_cast<const ScriptNode*>(&before.nodes[i])) {
          of_scripts.push_back(node_handle(before, before.nodes.id(i)));
        }
      }
      for (const Handle& node : of_scripts) {
        scripts->removing(node);
      }
      const MutableRef edit = call.edit(Change::Shading | Change::Geometry);
      if (!edit) {
        return Value();  // the script removed the tree itself
      }
      auto& tree = static_cast<NodeTree&>(*edit.block);
      tree.nodes.clear();
      tree.links.clear();
      tree.active_node = 0;
      if (scripts) {
        scripts->changed(of_tree);
      }
      return Value();
    });
    return s.build();
  }();
  return schema;
}

const Schema& links_schema() {
  static const Schema schema = [] {
    SchemaBuilder<LinksTag> s("NodeLinks", "Node Links");
    s.add_function(
        "new",
        {parameter(
             PropertyType::Pointer, "input", "",
             [](PropertyBuilder& p) { p.required().never_none().target(&NodeSocket::schema); }),
         parameter(
             PropertyType::Pointer, "output", "",
             [](PropertyBuilder& p) { p.required().never_none().target(&NodeSocket::schema); }),
         parameter(PropertyType::Boolean, "verify_limits", "Verify Limits",
                   [](PropertyBuilder& p) { p.default_value(true); }),
         parameter(PropertyType::Pointer, "link", "",
                   [](PropertyBuilder& p) { p.output().target(&NodeLink::schema); })},
        [](const Call& call) -> Result<Value> {
          for (int i = 0; i < 2; ++i) {
            if (call.values[std::size_t(i)].as_block() != call.target.block->id) {
              return Error::invalid("Error: link ends must be sockets of node tree \"{}\"",
                                    call.target.block->name);
            }
          }
          auto& tree = static_cast<NodeTree&>(*call.edit(Change::Shading | Change::Geometry).block);
          const Result<ItemId> link =
              tree.connect(node_of_socket(call.values[0]), item_of(call.values[0]),
                           node_of_socket(call.values[1]), item_of(call.values[1]));
          if (!link) {
            return link.error();
          }
          tree.update(&call.document);
          const Handle handle{tree.id, {PathStep{NodeTree::schema().property("links"), *link}}};
          if (auto* scripts = call.services.find<ScriptNodes>()) {
            scripts->changed(handle.block);
          }
          return Value(handle);
        });
    s.add_function(
        "remove",
        {parameter(
            PropertyType::Pointer, "link", "",
            [](PropertyBuilder& p) { p.required().never_none().target(&NodeLink::schema); })},
        [](const Call& call) -> Result<Value> {
          const std::int64_t at = tree_of(call.target).links.index_of(item_of(call.values[0]));
          if (at < 0) {
            return Error::invalid("Error: Unable to locate link in node tree");
          }
          auto& tree = static_cast<NodeTree&>(*call.edit(Change::Shading | Change::Geometry).block);
          tree.links.remove(at);
          tree.update(&call.document);
          return Value();
        });
    s.add_function("clear", {}, [](const Call& call) -> Result<Value> {
      auto& tree = static_cast<NodeTree&>(*call.edit(Change::Shading | Change::Geometry).block);
      tree.links.clear();
      tree.update(&call.document);
      return Value();
    });
    return s.build();
  }();
  return schema;
}

void add_interface_functions(Schema& schema, bool is_output) {
  const auto list = [is_output](NodeTree& tree) -> ItemList<NodeSocketInterface>& {
    return is_output ? tree.outputs : tree.inputs;
  };
  Function add;
  add.identifier = "new";
  add.parameters = {
      parameter(PropertyType::String, "type", "Type", [](PropertyBuilder& p) { p.required(); }),
      parameter(PropertyType::String, "name", "Name", [](PropertyBuilder& p) { p.required(); }),
      parameter(PropertyType::Pointer, "socket", "",
                [](PropertyBuilder& p) { p.output().target(&NodeSocketInterface::schema); })};
  add.call = [list, is_output](const Call& call) -> Result<Value> {
    if (!is_socket_kind(call.services.find<const Registry>(), call.values[0].as_string())) {
      return Error::invalid("Error: Cannot create node socket of type {}",
                            call.values[0].as_string());
    }
    auto& tree = static_cast<NodeTree&>(*call.edit(Change::Shading | Change::Geometry).block);
    NodeSocketInterface socket;
    socket.name = call.values[1].as_string();
    socket.kind = call.values[0].as_string();
    socket.is_output = is_output;
    const int number = int(tree.inputs.size() + tree.outputs.size());
    for (int n = number;; ++n) {
      socket.identifier = fmt::format("{}_{}", is_output ? "Output" : "Input", n);
      bool is_taken = false;
      for (const NodeSocketInterface& other : list(tree)) {
        is_taken = is_taken || other.identifier == socket.identifier;
      }
      if (!is_taken) {
        break;
      }
    }
    list(tree).add(socket);
    tree.update(&call.document);
    const Property* property = NodeTree::schema().property(is_output ? "outputs" : "inputs");
    return Value(Handle{tree.id, {PathStep{property, list(tree).id(list(tree).size() - 1)}}});
  };
  schema.functions.push_back(std::move(add));
  Function remove;
  remove.identifier = "remove";
  remove.parameters = {parameter(PropertyType::Pointer, "socket", "", [](PropertyBuilder& p) {
    p.required().target(&NodeSocketInterface::schema);
  })};
  remove.call = [list](const Call& call) -> Result<Value> {
    auto& tree = static_cast<NodeTree&>(*call.edit(Change::Shading | Change::Geometry).block);
    const std::int64_t at = list(tree).index_of(item_of(call.values[0]));
    if (at < 0) {
      return Error::invalid("Error: Unable to locate socket in node tree");
    }
    list(tree).remove(at);
    tree.update(&call.document);
    return Value();
  };
  schema.functions.push_back(std::move(remove));
  Function clear;
  clear.identifier = "clear";
  clear.call = [list](const Call& call) -> Result<Value> {
    auto& tree = static_cast<NodeTree&>(*call.edit(Change::Shading | Change::Geometry).block);
    list(tree).clear();
    tree.update(&call.document);
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
    auto& tree = static_cast<NodeTree&>(*call.edit(Change::Shading | Change::Geometry).block);
    const std::int64_t from = std::max<std::int64_t>(call.values[0].as_int(), 0);
    const std::int64_t to = std::max<std::int64_t>(call.values[1].as_int(), 0);
    if (from != to && from < list(tree).size() && to < list(tree).size()) {
      list(tree).move(from, to);
      tree.update(&call.document);
    }
    return Value();
  };
  schema.functions.push_back(std::move(move));
}

template <typename Tag>
const Schema& tree_sockets_schema(const char* identifier, bool is_output) {
  static const Schema schema = [&] {
    Schema s;
    s.identifier = identifier;
    s.label = is_output ? "Node Tree Outputs" : "Node Tree Inputs";
    add_interface_functions(s, is_output);
    return s;
  }();
  return schema;
}
const Schema& tree_inputs_schema() {
  return tree_sockets_schema<TreeInputsTag>("NodeTreeInputs", false);
}
const Schema& tree_outputs_schema() {
  return tree_sockets_schema<TreeOutputsTag>("NodeTreeOutputs", true);
}

Schema kind_schema(const char* identifier, const char* label) {
  SchemaBuilder<NodeTree> s(identifier, label, &NodeTree::schema());
  return s.build();
}

}  // namespace

Handle node_handle(const NodeTree& tree, ItemId node) {
  return {tree.id, {PathStep{NodeTree::schema().property("nodes"), node}}};
}

Handle socket_handle(const NodeTree& tree, ItemId node, ItemId socket) {
  Handle handle = node_handle(tree, node);
  const Node* n = tree.find_node(node);
  const bool is_output = n && n->outputs.index_of(socket) >= 0;
  handle.steps.push_back(
      PathStep{Node::schema().property(is_output ? "outputs" : "inputs"), socket});
  return handle;
}

std::function<Result<void>(const MutableRef&, const Value&)> keep_class_fact(
    const char* what, std::function<Value(const ConstRef&)> get) {
  return [what, get = std::move(get)](const MutableRef& ref, const Value& value) -> Result<void> {
    if (value.as_string() == get(ref).as_string()) {
      return {};
    }
    return Error::invalid("{} is a fact of the class: define another class", what);
  };
}

const Schema& Node::schema() {
  static const Schema schema = [] {
    SchemaBuilder<Node> s("Node", "Node");
    s.add_computed(PropertyType::Enum, "type", "Type",
                   [](const ConstRef& r) { return Value(r.as<Node>().static_type()); })
        .items([](const ConstRef& r) {
          const std::string type(r.data ? r.as<Node>().static_type() : "CUSTOM");
          return std::vector<EnumItem>{{type, type, -1}};
        })
        .default_value("CUSTOM");
    s.add<&Node::location>("location", "Location")
        .range(-100000, 100000)
        .subtype(Subtype::Xyz)
        .default_value(Value::Numbers{0, 0});
    s.add<&Node::width>("width", "Width")
        .soft(-10000, 10000)
        .subtype(Subtype::Xyz)
        .default_value(0.0);
    s.add<&Node::height>("height", "Height")
        .soft(-10000, 10000)
        .subtype(Subtype::Xyz)
        .default_value(0.0);
    s.add_computed(PropertyType::Float, "dimensions", "Dimensions",
                   [](const ConstRef& r) {
                     return Value(Value::Numbers{r.as<Node>().width, r.as<Node>().height});
                   })
        .array(2)
        .soft(-10000, 10000)
        .subtype(Subtype::XyzLength)
        .default_value(Value::Numbers{0, 0});
    s.add<&Node::name>("name", "Name")
        .max_bytes(64)
        .never_none()
        .not_animatable()
        .changes(Change::Name)
        .set([](const MutableRef& r, const Value& v) -> Result<void> {
          auto& node = r.as<Node>();
          const NodeTree& tree = tree_of(r);
          node.name = unique_item_name(v.as_string(), [&](std::string_view taken) {
            const std::int64_t at = tree.nodes.find(taken);
            return at >= 0 && &tree.nodes[at] != &node;
          });
          return {};
        });
    s.add<&Node::label>("label", "Label").max_bytes(64).never_none().not_animatable();
    s.add<&Node::inputs>("inputs", "Inputs")
        .overridable()
        .not_animatable()
        .collection_schema(&node_inputs_schema);
    s.add<&Node::outputs>("outputs", "Outputs")
        .overridable()
        .not_animatable()
        .collection_schema(&node_outputs_schema);
    s.add_computed(
         PropertyType::Pointer, "parent", "Parent",
         [](const ConstRef& r) { return node_or_none(tree_of(r), r.as<Node>().parent); },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           const NodeTree& tree = tree_of(r);
           const ItemId self = own_id(r);
           for (ItemId up = item_of(v); up != 0;) {
             if (up == self) {
               return Error::invalid("Node \"{}\" cannot be its own parent", r.as<Node>().name);
             }
             const Node* node = tree.find_node(up);
             up = node ? node->parent : 0;
           }
           r.as<Node>().parent = item_of(v);
           return {};
         })
        .target(&Node::schema)
        .not_animatable();
    s.add<&Node::use_custom_color>("use_custom_color", "Custom Color").not_animatable();
    s.add<&Node::color>("color", "Color")
        .range(0, 1)
        .subtype(Subtype::ColorGamma)
        .default_value(Value::Numbers{0, 0, 0});
    s.add<&Node::select>("select", "Select").default_value(false).changes(Change::Selection);
    s.add<&Node::show_texture>("show_texture", "Show Texture")
        .describe("Views show the picture of this node where they show textures")
        .changes(Change::Shading);
    s.add<&Node::show_options>("show_options", "Show Options").default_value(false);
    s.add<&Node::hide>("hide", "Hide");
    s.add<&Node::mute>("mute", "Mute").changes(Change::Shading | Change::Geometry);
    const auto identifier = [](const ConstRef& r) {
      return Value(r.schema == &Node::schema() ? "NodeUndefined" : r.schema->identifier);
    };
    const auto label = [](const ConstRef& r) { return Value(r.schema->label); };
    s.add_computed(PropertyType::String, "bl_idname", "ID Name", identifier,
                   keep_class_fact("bl_idname", identifier))
        .default_value("")
        .never_none()
        .not_animatable();
    s.add_computed(PropertyType::String, "bl_label", "Label", label,
                   keep_class_fact("bl_label", label))
        .default_value("")
        .never_none()
        .not_animatable();
    // Of nodes that scripts define, wherever their type is not known.
    s.add_computed(
         PropertyType::String, "stored_kind", "",
         [](const ConstRef& r) {
           const auto* of_script = dynamic_cast<const ScriptNode*>(&r.as<Node>());
           return Value(of_script ? of_script->kind : std::string());
         },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           if (auto* of_script = dynamic_cast<ScriptNode*>(&r.as<Node>())) {
             of_script->kind = v.as_string();
           }
           return {};
         })
        .default_value("")
        .stored()
        .internal();
    s.set_name_property("name");
    Schema built = s.build();
    built.make = []() -> void* { return static_cast<Node*>(new ScriptNode()); };
    built.destroy = [](void* node) { delete static_cast<Node*>(node); };
    return built;
  }();
  return schema;
}

const Schema& NodeLink::schema() {
  static const Schema schema = [] {
    SchemaBuilder<NodeLink> s("NodeLink", "NodeLink");
    const auto end = [](ItemId NodeLink::*node) {
      return [node](const ConstRef& r) { return node_or_none(tree_of(r), r.as<NodeLink>().*node); };
    };
    const auto socket_end = [](ItemId NodeLink::*node, ItemId NodeLink::*socket) {
      return [node, socket](const ConstRef& r) -> Value {
        const NodeTree& tree = tree_of(r);
        const auto& link = r.as<NodeLink>();
        return tree.find_node(link.*node) ? Value(socket_handle(tree, link.*node, link.*socket))
                                          : Value();
      };
    };
    s.add<&NodeLink::is_valid>("is_valid", "Valid").default_value(false);
    s.add<&NodeLink::is_muted>("is_muted", "Muted").changes(Change::Shading | Change::Geometry);
    // A link is as visible as the sockets at its ends.
    s.add_computed(PropertyType::Boolean, "is_hidden", "Is Hidden", [](const ConstRef& r) {
       const NodeTree& tree = tree_of(r);
       const auto& link = r.as<NodeLink>();
       for (const Node& node : tree.nodes) {
         for (const auto* sockets : {&node.inputs, &node.outputs}) {
           for (std::int64_t i = 0; i < sockets->size(); ++i) {
             const bool is_end =
                 sockets->id(i) == link.from_socket || sockets->id(i) == link.to_socket;
             if (is_end && (*sockets)[i].hide) {
               return Value(true);
             }
           }
         }
       }
       return Value(false);
     }).default_value(false);
    s.add_computed(PropertyType::Pointer, "from_node", "From node", end(&NodeLink::from_node))
        .target(&Node::schema)
        .not_animatable();
    s.add_computed(PropertyType::Pointer, "to_node", "To node", end(&NodeLink::to_node))
        .target(&Node::schema)
        .not_animatable();
    s.add_computed(PropertyType::Pointer, "from_socket", "From socket",
                   socket_end(&NodeLink::from_node, &NodeLink::from_socket))
        .target(&NodeSocket::schema)
        .not_animatable();
    s.add_computed(PropertyType::Pointer, "to_socket", "To socket",
                   socket_end(&NodeLink::to_node, &NodeLink::to_socket))
        .target(&NodeSocket::schema)
        .not_animatable();
    s.add_item_id<&NodeLink::from_node>("stored_from_node");
    s.add_item_id<&NodeLink::from_socket>("stored_from_socket");
    s.add_item_id<&NodeLink::to_node>("stored_to_node");
    s.add_item_id<&NodeLink::to_socket>("stored_to_socket");
    return s.build();
  }();
  return schema;
}

const Schema& NodeSocketInterface::schema() {
  static const Schema schema = [] {
    SchemaBuilder<NodeSocketInterface> s("NodeSocketInterface", "Node Socket Template");
    s.add<&NodeSocketInterface::name>("name", "Name").max_bytes(64).never_none().not_animatable();
    s.add<&NodeSocketInterface::identifier>("identifier", "Identifier")
        .max_bytes(64)
        .read_only()
        .never_none()
        .not_animatable();
    s.add<&NodeSocketInterface::description>("description", "Tooltip")
        .max_bytes(64)
        .never_none()
        .not_animatable();
    s.add<&NodeSocketInterface::is_output>("is_output", "Is Output").read_only();
    s.add<&NodeSocketInterface::hide_value>("hide_value", "Hide Value").not_animatable();
    s.add<&NodeSocketInterface::attribute_name>("attribute_name", "Attribute Name")
        .max_bytes(64)
        .never_none()
        .not_animatable();
    s.add<&NodeSocketInterface::kind>("bl_socket_idname", "ID Name")
        .set(keep_class_fact(
            "bl_socket_idname",
            [](const ConstRef& r) { return Value(r.as<NodeSocketInterface>().kind); }))
        .never_none()
        .not_animatable();
    s.add<&NodeSocketInterface::min_value>("min_value", "Minimum Value").default_value(0.0);
    s.add<&NodeSocketInterface::max_value>("max_value", "Maximum Value").default_value(0.0);
    s.add<&NodeSocketInterface::default_number>("stored_number", "").internal();
    s.add<&NodeSocketInterface::default_integer>("stored_integer", "").internal();
    s.set_name_property("name");
    return s.build();
  }();
  return schema;
}

const Schema& NodeTree::schema() {
  static const Schema schema = [] {
    SchemaBuilder<NodeTree> s("NodeTree", "Node Tree", &DataBlock::schema());
    s.add<&NodeTree::nodes>("nodes", "Nodes")
        .overridable()
        .not_animatable()
        .collection_schema(&nodes_schema);
    s.add<&NodeTree::links>("links", "Links").not_animatable().collection_schema(&links_schema);
    s.add<&NodeTree::kind>("type", "Type")
        .read_only()
        .items({{"UNDEFINED", "Undefined", -2},
                {"SHADER", "Shader", 0},
                {"TEXTURE", "Texture", 1},
                {"COMPOSITING", "Compositing", 2},
                {"GEOMETRY", "Geometry", 3}})
        .default_value("SHADER");
    s.add<&NodeTree::active_input>("active_input", "Active Input").non_negative().not_animatable();
    s.add<&NodeTree::active_output>("active_output", "Active Output")
        .non_negative()
        .not_animatable();
    s.add<&NodeTree::inputs>("inputs", "Inputs")
        .not_animatable()
        .collection_schema(&tree_inputs_schema);
    s.add<&NodeTree::outputs>("outputs", "Outputs")
        .not_animatable()
        .collection_schema(&tree_outputs_schema);
    s.add_item_id<&NodeTree::active_node>("stored_active_node");
    s.add<&NodeTree::script_kind>("stored_script_kind", "").internal();
    const auto identifier = [](const ConstRef& r) {
      return Value(r.schema == &NodeTree::schema() ? "NodeTreeUndefined" : r.schema->identifier);
    };
    const auto label = [](const ConstRef& r) { return Value(r.schema->label); };
    s.add_computed(PropertyType::String, "bl_idname", "ID Name", identifier,
                   keep_class_fact("bl_idname", identifier))
        .default_value("")
        .never_none()
        .not_animatable();
    s.add_computed(PropertyType::String, "bl_label", "Label", label,
                   keep_class_fact("bl_label", label))
        .default_value("")
        .never_none()
        .not_animatable();
    return s.build();
  }();
  return schema;
}

const Schema& NodeTree::dynamic_schema() const {
  static const Schema shader = kind_schema("ShaderNodeTree", "Shader Node Tree");
  static const Schema texture = kind_schema("TextureNodeTree", "Texture Node Tree");
  static const Schema compositor = kind_schema("CompositorNodeTree", "Compositor Node Tree");
  static const Schema geometry = kind_schema("GeometryNodeTree", "Geometry Node Tree");
  if (!script_kind.empty()) {
    return script_type ? *script_type : schema();
  }
  switch (kind) {
    case NodeTreeKind::Shader:
      return shader;
    case NodeTreeKind::Texture:
      return texture;
    case NodeTreeKind::Compositing:
      return compositor;
    case NodeTreeKind::Geometry:
      return geometry;
  }
  return shader;
}

void register_node_types(Registry& registry) {
  registry.add(Node::schema());
  registry.add(NodeLink::schema());
  registry.add(NodeSocketInterface::schema());
  registry.add(NodeTree::schema());
  for (const NodeTreeKind kind : {NodeTreeKind::Shader, NodeTreeKind::Texture,
                                  NodeTreeKind::Compositing, NodeTreeKind::Geometry}) {
    NodeTree tree;
    tree.kind = kind;
    registry.add(tree.dynamic_schema());
  }
  for (const Schema* schema :
       {&nodes_schema(), &links_schema(), &node_inputs_schema(), &node_outputs_schema(),
        &tree_inputs_schema(), &tree_outputs_schema()}) {
    registry.add(*schema);
  }
  register_socket_types(registry);
  register_group_nodes(registry);
  register_script_nodes(registry);
}

}  // namespace kiln
