#include "render/shading/nodes/texture_node.h"

#include "document/texture_mapping.h"

namespace kiln::render::shading {
namespace {

struct CoordinateSettings {
  CoordinateKind kind;
  Shift shift;
};
struct AttributeSettings {
  std::string name;
  Shift shift;
};

void coordinate_kernel(const KernelCall& call) {
  const auto& settings = call.get<CoordinateSettings>();
  Lane3 out;
  call.batch.geometry->coordinate(call.batch, settings.kind, settings.shift, out);
  for (int i = 0; i < call.count; ++i) {
    call.set3(0, i, out.get(i));
  }
}

void attribute_kernel(const KernelCall& call) {
  const auto& settings = call.get<AttributeSettings>();
  Lane3 out;
  Lane alpha;
  call.batch.geometry->attribute(call.batch, settings.name, settings.shift, out, alpha);
  for (int i = 0; i < call.count; ++i) {
    call.set3(0, i, out.get(i));
    call.out(3)[i] = alpha.v[i];
  }
}

// The settings that a texture node has for its coordinates.
void mapping_kernel(const KernelCall& call) {
  const auto& mapping = call.get<TexMapping>();
  for (int i = 0; i < call.count; ++i) {
    call.set3(0, i, mapping.apply(call.in3(0, i)));
  }
}

void direction_kernel(const KernelCall& call) {
  for (int i = 0; i < call.count; ++i) {
    call.set3(0, i, call.batch.position.get(i));
  }
}

}  // namespace

Value3 coordinates(NodeCompiler& node, CoordinateKind kind) {
  Value3 value;
  node.emit(coordinate_kernel, Purity::ReadsBatch, {}, {&value.x, &value.y, &value.z},
            std::make_shared<CoordinateSettings>(CoordinateSettings{kind, node.shift()}));
  return value;
}

Value3 attribute_value(NodeCompiler& node, const std::string& name, Scalar* alpha) {
  Value3 value;
  node.emit(attribute_kernel, Purity::ReadsBatch, {}, {&value.x, &value.y, &value.z, alpha},
            std::make_shared<AttributeSettings>(AttributeSettings{name, node.shift()}));
  return value;
}

static Value3 plain_vector(NodeCompiler& node, DefaultCoordinates otherwise,
                           const std::string& name) {
  const int socket = node.find_input(name);
  if (socket >= 0 && node.is_linked(socket)) {
    return node.input3(socket);
  }
  switch (otherwise) {
    case DefaultCoordinates::Uv:
      return attribute_value(node, "");
    case DefaultCoordinates::Direction: {
      Value3 value;
      node.emit(direction_kernel, Purity::ReadsBatch, {}, {&value.x, &value.y, &value.z});
      return value;
    }
    default:
      return coordinates(node, CoordinateKind::Generated);
  }
}

Value3 texture_vector(NodeCompiler& node, DefaultCoordinates otherwise, const std::string& name) {
  const Value3 vector = plain_vector(node, otherwise, name);
  std::shared_ptr<const TexMapping> mapping = node.node().object<TexMapping>("texture_mapping");
  if (!mapping) {
    return vector;
  }
  Value3 mapped;
  node.emit(mapping_kernel, Purity::Pure, {vector.x, vector.y, vector.z},
            {&mapped.x, &mapped.y, &mapped.z}, std::move(mapping));
  return mapped;
}

int dimensions_of(const std::string& setting) {
  return setting.empty() ? 3 : setting[0] - '0';
}

}  // namespace kiln::render::shading
