#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "core/result.h"
#include "modeling/edit_mesh.h"

/// Operators on edit meshes with named arguments and results, as `bmesh.ops` offers them.
namespace kiln::modeling {

enum class SlotType : std::uint8_t { Bool, Int, Float, Vector, Matrix, Enum, Elements, ElementMap };

/// An argument of an operator.
struct SlotSpec {
  const char* name;
  SlotType type;
  unsigned kinds = 0;                ///< of elements: bits by `ElementKind`
  std::vector<const char*> items{};  ///< of an enumeration; the first is the default
  bool is_single = false;            ///< one element rather than a list
};

using ElementPairs = std::vector<std::pair<Element, Element>>;
using SlotValue =
    std::variant<bool, int, float, float3, float4x4, std::vector<Element>, ElementPairs>;

/// Values by the name of their slot; what is missing reads as zero, nothing or identity.
class SlotValues {
public:
  std::map<std::string, SlotValue, std::less<>> values;

  template <typename T>
  T get(std::string_view name) const {
    const auto found = values.find(name);
    const T* value = found == values.end() ? nullptr : std::get_if<T>(&found->second);
    return value ? *value : T{};
  }
  float4x4 matrix(std::string_view name) const;
  /// Slots of the elements of one kind in a list.
  std::vector<int> slots(std::string_view name, ElementKind kind) const;
  void add(const char* name, ElementKind kind, std::span<const int> slots);
};

struct EditOperator {
  const char* name;
  std::vector<SlotSpec> slots;
  Result<void> (*run)(EditMesh& mesh, const SlotValues& in, SlotValues& out);
  std::vector<std::pair<const char*, SlotType>> results;  ///< empty: it returns nothing
};

/// All operators, by name. Elements in arguments must be alive and of the kinds asked for.
const std::vector<EditOperator>& edit_operators();

void add_shape_operators(std::vector<EditOperator>& operators);
void add_removal_operators(std::vector<EditOperator>& operators);
void add_copy_operators(std::vector<EditOperator>& operators);
void add_face_operators(std::vector<EditOperator>& operators);

/// Copies of vertices, edges and faces, with everything these need; `out_map` has the copy of each.
struct Duplicate {
  std::map<Element, Element> copies;
  std::vector<Element> all() const;
};
Duplicate duplicate(EditMesh& mesh, std::span<const Element> geometry);

}  // namespace kiln::modeling
