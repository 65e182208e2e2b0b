#pragma once

#include <concepts>
#include <initializer_list>
#include <limits>
#include <type_traits>

#include "core/array.h"
#include "core/math.h"
#include "core/schema/item_list.h"
#include "core/schema/property_bag.h"
#include "core/schema/schema.h"

namespace kiln {

/// For limits: none.
inline constexpr double infinity = std::numeric_limits<double>::infinity();

namespace detail {

template <typename T>
struct MemberOf;
template <typename C, typename M>
struct MemberOf<M C::*> {
  using Class = C;
  using Type = M;
};

struct Shape {
  PropertyType type;
  Storage storage;
  int length = 0;
  std::array<int, 2> matrix{};
};

template <typename M>
constexpr Shape scalar_shape() {
  if constexpr (std::is_same_v<M, bool>) {
    return {PropertyType::Boolean, Storage::Bool};
  } else if constexpr (std::is_same_v<M, float>) {
    return {PropertyType::Float, Storage::Float};
  } else if constexpr (std::is_same_v<M, std::int32_t>) {
    return {PropertyType::Int, Storage::Int32};
  } else if constexpr (std::is_same_v<M, std::string>) {
    return {PropertyType::String, Storage::String};
  } else if constexpr (std::is_enum_v<M>) {
    static_assert(sizeof(M) == 1 || sizeof(M) == 4);
    return {PropertyType::Enum, sizeof(M) == 1 ? Storage::Enum8 : Storage::Enum32};
  } else {
    return {PropertyType::Pointer, Storage::Struct};
  }
}

template <typename M>
struct ShapeOf {
  static constexpr Shape value = scalar_shape<M>();
};
template <typename M, std::size_t N>
struct ShapeOf<std::array<M, N>> {
  static constexpr Shape value{scalar_shape<M>().type, scalar_shape<M>().storage, int(N)};
};
template <>
struct ShapeOf<float2> {
  static constexpr Shape value{PropertyType::Float, Storage::Float, 2};
};
template <>
struct ShapeOf<float3> {
  static constexpr Shape value{PropertyType::Float, Storage::Float, 3};
};
template <>
struct ShapeOf<float4> {
  static constexpr Shape value{PropertyType::Float, Storage::Float, 4};
};
template <>
struct ShapeOf<Quaternion> {
  static constexpr Shape value{PropertyType::Float, Storage::Float, 4};
};
template <>
struct ShapeOf<int2> {
  static constexpr Shape value{PropertyType::Int, Storage::Int32, 2};
};
template <>
struct ShapeOf<int3> {
  static constexpr Shape value{PropertyType::Int, Storage::Int32, 3};
};
template <>
struct ShapeOf<float4x4> {
  static constexpr Shape value{PropertyType::Float, Storage::Float, 16, {4, 4}};
};
template <>
struct ShapeOf<float3x3> {
  static constexpr Shape value{PropertyType::Float, Storage::Float, 9, {3, 3}};
};
template <typename T>
struct ShapeOf<BlockRef<T>> {
  static constexpr Shape value{PropertyType::Pointer, Storage::Block};
};
template <typename T>
struct ShapeOf<ItemList<T>> {
  static constexpr Shape value{PropertyType::Collection, Storage::List};
};

template <typename M>
struct TargetOf {
  static constexpr const Schema& (*value)() = nullptr;
};
template <typename M>
requires(scalar_shape<M>().storage == Storage::Struct &&
         requires { M::schema(); }) struct TargetOf<M> {
  static constexpr const Schema& (*value)() = &schema_of<M>;
};
// Taken through a function, so that the block's type may be incomplete here.
template <typename T>
struct TargetOf<BlockRef<T>> {
  static const Schema& target() { return T::schema(); }
  static constexpr const Schema& (*value)() = &target;
};
template <typename T>
struct TargetOf<ItemList<T>> {
  static const Schema& target() { return T::schema(); }
  static constexpr const Schema& (*value)() = &target;
};

/// Types whose instances tell their own schema.
template <typename T>
concept Polymorphic = requires(const T& t) {
  { t.dynamic_schema() } -> std::same_as<const Schema&>;
};

template <typename T>
const Schema& actual_schema(const T& item) {
  if constexpr (Polymorphic<T>) {
    return item.dynamic_schema();
  } else {
    return T::schema();
  }
}

/// Access to a list that is the member `Member` of a struct.
template <auto Member>
class ListAccess final : public CollectionAccess {
  using Class = typename MemberOf<decltype(Member)>::Class;
  using List = typename MemberOf<decltype(Member)>::Type;
  using T = std::remove_cvref_t<decltype(std::declval<const List&>()[0])>;
  static const List& list(const ConstRef& owner) { return owner.as<Class>().*Member; }

public:
  std::int64_t size(const ConstRef& owner) const override { return list(owner).size(); }
  ConstElement at(const ConstRef& owner, std::int64_t i) const override {
    const T& item = list(owner)[i];
    return {{&actual_schema(item), &item, -1, owner.block, owner.document, owner.services},
            list(owner).id(i),
            {}};
  }
  std::int64_t index_of(const ConstRef& owner, ItemId item, std::int64_t hint) const override {
    return list(owner).index_of(item, hint);
  }
  MutableRef edit_at(const MutableRef& owner, std::int64_t i) const override {
    T& item = (owner.as<Class>().*Member).edit(i);
    return {&actual_schema(item), &item, -1, owner.block, owner.document, owner.services};
  }
  bool is_stored_list() const override { return true; }
  void clear(const MutableRef& owner) const override { (owner.as<Class>().*Member).clear(); }
  MutableRef append(const MutableRef& owner, const Schema& type, ItemId id) const override {
    if (!type.make || !type.is_a(T::schema())) {
      return {};
    }
    std::shared_ptr<T> item(static_cast<T*>(type.make()));
    T& added = (owner.as<Class>().*Member).add(std::move(item), -1, id);
    return {&type, &added, -1, owner.block, owner.document, owner.services};
  }
};

template <auto Member>
const void* member_address(const void* data, std::int64_t) {
  return &(static_cast<const typename MemberOf<decltype(Member)>::Class*>(data)->*Member);
}
template <auto Member>
void* edit_member_address(void* data, std::int64_t) {
  return &(static_cast<typename MemberOf<decltype(Member)>::Class*>(data)->*Member);
}

/// Reads elements of a collection of data-blocks from a function.
class BlockListAccess final : public CollectionAccess {
public:
  using Read = std::function<std::vector<BlockId>(const ConstRef&)>;
  using Find = std::function<BlockId(const ConstRef&, std::string_view name)>;
  explicit BlockListAccess(Read read_blocks, Find find_named = {})
      : read_(std::move(read_blocks)), find_(std::move(find_named)) {}
  bool holds_blocks() const override { return true; }
  std::vector<BlockId> blocks(const ConstRef& owner) const override { return read_(owner); }
  std::int64_t size(const ConstRef& owner) const override {
    return std::int64_t(read_(owner).size());
  }
  ConstElement at(const ConstRef& owner, std::int64_t i) const override {
    return {{}, 0, read_(owner)[std::size_t(i)]};
  }
  std::optional<BlockId> find_block(const ConstRef& owner, std::string_view name) const override {
    return find_ && owner.document ? std::optional(find_(owner, name)) : std::nullopt;
  }

private:
  Read read_;
  Find find_;
};

/// Elements that are views of element i of the owner's arrays.
class ViewAccess final : public CollectionAccess {
public:
  using Size = std::int64_t (*)(const ConstRef&);
  /// Element i has the index `first_index + i`.
  ViewAccess(Size size_of, const Schema& (*element)(), std::int64_t first_index = 0)
      : size_(size_of), element_(element), first_(first_index) {}
  bool is_view() const override { return true; }
  std::int64_t size(const ConstRef& owner) const override { return size_(owner); }
  ConstElement at(const ConstRef& owner, std::int64_t i) const override {
    return {{&element_(), owner.data, first_ + i, owner.block, owner.document, owner.services}, 0, {}};
  }
  MutableRef edit_at(const MutableRef& owner, std::int64_t i) const override {
    return {&element_(), owner.data, first_ + i, owner.block, owner.document, owner.services};
  }

private:
  Size size_;
  const Schema& (*element_)();
  std::int64_t first_;
};

}  // namespace detail

/// Sets the facts of one property; every method returns the builder itself, so that a declaration
/// reads as one sentence.
class PropertyBuilder {
public:
  explicit PropertyBuilder(Property& property) : p_(&property) {}

  PropertyBuilder& describe(std::string text) {
    p_->description = std::move(text);
    return *this;
  }
  /// Hard limits: values are clamped to them. The soft ones become the same.
  PropertyBuilder& range(double min, double max);
  /// Limits of sliders and drag fields.
  PropertyBuilder& soft(double min, double max);
  PropertyBuilder& step(float step, int precision = 3);
  PropertyBuilder& subtype(Subtype subtype);
  PropertyBuilder& subtype(Subtype subtype, Unit unit);
  PropertyBuilder& items(std::vector<EnumItem> items);
  PropertyBuilder& items(std::function<std::vector<EnumItem>(const ConstRef&)> items);
  PropertyBuilder& changes(Change change) {
    p_->change = change;
    return *this;
  }
  PropertyBuilder& read_only() {
    p_->is_read_only = true;
    return *this;
  }
  PropertyBuilder& not_animatable() {
    p_->is_animatable = false;
    return *this;
  }
  PropertyBuilder& overridable() {
    p_->is_overridable = true;
    return *this;
  }
  PropertyBuilder& never_none() {
    p_->is_never_none = true;
    return *this;
  }
  PropertyBuilder& library_editable() {
    p_->is_library_editable = true;
    return *this;
  }
  PropertyBuilder& hidden() {
    p_->is_hidden = true;
    return *this;
  }
  PropertyBuilder& enum_flag() {
    p_->is_enum_flag = true;
    return *this;
  }
  PropertyBuilder& internal() {
    p_->is_internal = true;
    return *this;
  }
  PropertyBuilder& stored() {
    p_->is_stored = true;
    return *this;
  }
  PropertyBuilder& not_stored() {
    p_->is_stored = false;
    return *this;
  }
  PropertyBuilder& max_bytes(int bytes) {
    p_->max_bytes = bytes;
    return *this;
  }
  /// Where the interface tells another default than new data starts with.
  PropertyBuilder& default_value(Value value) {
    p_->default_value = std::move(value);
    return *this;
  }
  PropertyBuilder& target(const Schema& (*schema)()) {
    p_->target = schema;
    return *this;
  }
  PropertyBuilder& collection_schema(const Schema& (*schema)()) {
    p_->collection_schema = schema;
    return *this;
  }
  PropertyBuilder& on_change(std::function<void(const MutableRef&)> f) {
    p_->on_change = std::move(f);
    return *this;
  }
  PropertyBuilder& accepts(std::function<bool(const ConstRef&, const ConstRef&)> f) {
    p_->accepts = std::move(f);
    return *this;
  }
  /// Writing goes through a function, reading stays plain.
  PropertyBuilder& set(std::function<Result<void>(const MutableRef&, const Value&)> f) {
    p_->set = std::move(f);
    return *this;
  }
  PropertyBuilder& array(int length) {
    p_->length = length;
    return *this;
  }
  PropertyBuilder& dynamic_length() {
    p_->is_dynamic_length = true;
    return *this;
  }
  PropertyBuilder& matrix(int rows, int columns) {
    p_->shape = {rows, columns};
    p_->length = rows * columns;
    return *this;
  }
  PropertyBuilder& required() {
    p_->is_required = true;
    return *this;
  }
  PropertyBuilder& output() {
    p_->is_output = true;
    return *this;
  }
  PropertyBuilder& link(std::function<PathStep(const ConstRef&)> f) {
    p_->link = std::move(f);
    return *this;
  }
  /// Whole numbers from 0, as counts and indices are shown.
  PropertyBuilder& non_negative() {
    return subtype(Subtype::Unsigned).range(0, infinity).soft(0, 10000);
  }
  /// Reading goes through a function, writing stays plain.
  PropertyBuilder& get(std::function<Value(const ConstRef&)> f) {
    p_->get = std::move(f);
    return *this;
  }

private:
  Property* p_;
};

/// A free-standing property: a parameter of a function or operator.
Property parameter(PropertyType type, std::string identifier, std::string label,
                   const std::function<void(PropertyBuilder&)>& set_up = {});

/// Declares the schema of the struct `T`, next to it:
///
///     const Schema& Camera::schema() {
///       static const Schema schema = [] {
///         SchemaBuilder<Camera> s("Camera", "Camera", &DataBlock::schema());
///         s.add<&Camera::lens>("lens", "Focal Length").range(1, 5000).changes(Change::Settings);
///         return s.build();
///       }();
///       return schema;
///     }
template <typename T>
class SchemaBuilder {
public:
  SchemaBuilder(std::string identifier, std::string label, const Schema* base = nullptr) {
    schema_.identifier = std::move(identifier);
    schema_.label = std::move(label);
    schema_.base = base;
    if (base) {
      schema_.name_property = base->name_property;
    }
    if constexpr (std::is_default_constructible_v<T> && !std::is_abstract_v<T>) {
      schema_.make = []() -> void* { return new T(); };
      schema_.destroy = [](void* instance) { delete static_cast<T*>(instance); };
    }
    if constexpr (detail::Polymorphic<T>) {
      schema_.dynamic = [](const void* data) -> const Schema& {
        return static_cast<const T*>(data)->dynamic_schema();
      };
    }
    if constexpr (requires(T & t) {
                    { t.custom } -> std::same_as<PropertyBag&>;
                  }) {
      schema_.bag = [](void* data) { return &static_cast<T*>(data)->custom; };
    }
  }

  /// A member of the struct. Its C++ type decides the property type; its initializer is the
  /// default.
  template <auto Member>
  PropertyBuilder add(std::string identifier, std::string label) {
    using M = typename detail::MemberOf<decltype(Member)>::Type;
    constexpr detail::Shape shape = detail::ShapeOf<M>::value;
    Property& p = add_property(std::move(identifier), std::move(label), shape.type);
    p.storage = shape.storage;
    p.length = shape.length;
    p.shape = shape.matrix;
    p.address = &detail::member_address<Member>;
    p.edit_address = &detail::edit_member_address<Member>;
    p.target = detail::TargetOf<M>::value;
    if constexpr (shape.storage == Storage::List) {
      p.collection = std::make_shared<detail::ListAccess<Member>>();
      p.is_read_only = true;
    }
    if constexpr (shape.storage == Storage::Struct) {
      p.is_read_only = true;
    }
    return PropertyBuilder(p);
  }

  /// A member that holds the id of an item: stored, so that references between items survive in a
  /// file; not shown.
  template <auto Member>
  void add_item_id(std::string identifier) {
    static_assert(std::is_same_v<typename detail::MemberOf<decltype(Member)>::Type, ItemId>);
    Property& p = add_property(std::move(identifier), "", PropertyType::Int);
    p.storage = Storage::Item;
    p.address = &detail::member_address<Member>;
    p.edit_address = &detail::edit_member_address<Member>;
    p.is_internal = true;
  }

  /// A vector of references that the file keeps; the interface shows it through `add_blocks`.
  template <auto Member>
  PropertyBuilder add_stored_blocks(std::string identifier) {
    using Class = typename detail::MemberOf<decltype(Member)>::Class;
    Property& p = add_property(std::move(identifier), "", PropertyType::Collection);
    p.is_internal = true;
    p.get = [](const ConstRef& r) {
      Value::List ids;
      for (const auto& ref : r.as<Class>().*Member) {
        ids.emplace_back(ref.id ? Value(ref.id) : Value());
      }
      return Value(std::move(ids));
    };
    p.set = [](const MutableRef& r, const Value& v) -> Result<void> {
      auto& refs = r.as<Class>().*Member;
      refs.clear();
      for (const Value& id : v.as_list()) {
        refs.push_back({id.as_block()});
      }
      return {};
    };
    p.default_value = Value::List();
    return PropertyBuilder(p);
  }

  /// A value in an array of the owner: the struct is a view onto element `index`. `U` is the type
  /// of the elements.
  template <typename U>
  PropertyBuilder add_column(std::string identifier, std::string label,
                             const void* (*address)(const void*, std::int64_t),
                             void* (*edit)(void*, std::int64_t), bool is_contiguous = true) {
    constexpr detail::Shape shape = detail::ShapeOf<U>::value;
    Property& p = add_property(std::move(identifier), std::move(label), shape.type);
    p.storage = shape.storage;
    p.length = shape.length;
    p.address = address;
    p.edit_address = edit;
    p.is_read_only = edit == nullptr;
    p.is_column = is_contiguous;
    p.is_stored = false;
    return PropertyBuilder(p);
  }

  /// Numbers in one block of memory whose count the data decides. `U` is the type of the elements.
  template <typename U>
  PropertyBuilder add_dynamic_array(std::string identifier, std::string label,
                                    std::function<DynamicValues(const ConstRef&)> values,
                                    std::function<DynamicEdit(const MutableRef&)> edit) {
    constexpr detail::Shape shape = detail::ShapeOf<U>::value;
    Property& p = add_property(std::move(identifier), std::move(label), shape.type);
    p.storage = shape.storage;
    p.dynamic_values = std::move(values);
    p.edit_dynamic_values = std::move(edit);
    p.is_stored = false;
    return PropertyBuilder(p).dynamic_length();
  }

  /// A value that is computed when it is asked for.
  PropertyBuilder add_computed(
      PropertyType type, std::string identifier, std::string label,
      std::function<Value(const ConstRef&)> get,
      std::function<Result<void>(const MutableRef&, const Value&)> set = {}) {
    Property& p = add_property(std::move(identifier), std::move(label), type);
    p.get = std::move(get);
    p.set = std::move(set);
    p.is_read_only = !p.set;
    p.is_stored = false;
    return PropertyBuilder(p);
  }

  /// A struct that is a view onto its owner: its properties get the owner's data.
  PropertyBuilder add_nested(std::string identifier, std::string label, const Schema& (*target)()) {
    Property& p = add_property(std::move(identifier), std::move(label), PropertyType::Pointer);
    p.storage = Storage::Struct;
    p.target = target;
    p.address = [](const void* data, std::int64_t) -> const void* { return data; };
    p.edit_address = [](void* data, std::int64_t) -> void* { return data; };
    p.is_read_only = true;
    p.is_stored = false;
    return PropertyBuilder(p);
  }

  /// The same where the struct may be absent: null while `is_there` says no. It cannot be edited.
  template <bool (*is_there)(const T&)>
  PropertyBuilder add_optional_nested(std::string identifier, std::string label,
                                      const Schema& (*target)()) {
    PropertyBuilder p = add_nested(std::move(identifier), std::move(label), target);
    Property& added = schema_.properties.back();
    added.address = [](const void* data, std::int64_t) -> const void* {
      return is_there(*static_cast<const T*>(data)) ? data : nullptr;
    };
    added.edit_address = [](void* data, std::int64_t) -> void* {
      return is_there(*static_cast<const T*>(data)) ? data : nullptr;
    };
    return p;
  }

  /// The same for a struct that a shared pointer of the owner holds, or does not: copies of the
  /// owner share it until one is edited.
  template <auto Member>
  PropertyBuilder add_held(std::string identifier, std::string label) {
    using Held = typename std::remove_cvref_t<decltype(std::declval<T>().*Member)>::element_type;
    PropertyBuilder p = add_nested(std::move(identifier), std::move(label), &Held::schema);
    Property& added = schema_.properties.back();
    added.address = [](const void* data, std::int64_t) -> const void* {
      return (static_cast<const T*>(data)->*Member).get();
    };
    added.edit_address = [](void* data, std::int64_t) -> void* {
      auto& held = static_cast<T*>(data)->*Member;
      return held ? &own(held) : nullptr;
    };
    return p;
  }

  /// A pointer to an item of a collection of the same owner, see `Property::link`. `set` gets a handle whose last step is the item.
  PropertyBuilder add_link(std::string identifier, std::string label, const Schema& (*element)(),
                           std::function<PathStep(const ConstRef&)> link,
                           std::function<Result<void>(const MutableRef&, const Value&)> set = {}) {
    Property& p = add_property(std::move(identifier), std::move(label), PropertyType::Pointer);
    p.target = element;
    p.link = std::move(link);
    p.set = std::move(set);
    p.is_read_only = !p.set;
    p.is_stored = false;
    p.is_animatable = false;
    return PropertyBuilder(p);
  }

  /// A collection of data-blocks, computed when it is asked for. `find_named` tells which of them
  /// has a name, where that takes less than going through all.
  PropertyBuilder add_blocks(std::string identifier, std::string label, const Schema& (*element)(),
                             detail::BlockListAccess::Read read_blocks,
                             detail::BlockListAccess::Find find_named = {}) {
    return add_collection(std::move(identifier), std::move(label), element,
                          std::make_shared<detail::BlockListAccess>(std::move(read_blocks),
                                                                    std::move(find_named)));
  }
  /// Elements `0 .. size(owner)` as views onto the owner's arrays.
  PropertyBuilder add_view(std::string identifier, std::string label, const Schema& (*element)(),
                           detail::ViewAccess::Size size) {
    return add_collection(std::move(identifier), std::move(label), element,
                          std::make_shared<detail::ViewAccess>(size, element));
  }
  PropertyBuilder add_collection(std::string identifier, std::string label,
                                 const Schema& (*element)(),
                                 std::shared_ptr<const CollectionAccess> access) {
    Property& p = add_property(std::move(identifier), std::move(label), PropertyType::Collection);
    p.target = element;
    p.collection = std::move(access);
    p.is_read_only = true;
    p.is_stored = false;
    return PropertyBuilder(p);
  }

  Function& add_function(std::string identifier, std::vector<Property> parameters,
                         std::function<Result<Value>(const Call&)> call) {
    Function& f = schema_.functions.emplace_back();
    f.identifier = std::move(identifier);
    f.parameters = std::move(parameters);
    f.call = std::move(call);
    return f;
  }

  void set_description(std::string text) { schema_.description = std::move(text); }
  /// The key of a type among its siblings (`type` of a modifier).
  void set_tag(std::string tag) { schema_.tag = std::move(tag); }
  void set_nested_in(std::string identifier) { schema_.nested_in = std::move(identifier); }
  void set_name_property(std::string_view identifier) { name_property_ = identifier; }

  Schema build() {
    for (Property& p : schema_.properties) {
      finish(p);
    }
    return std::move(schema_);
  }

private:
  Property& add_property(std::string identifier, std::string label, PropertyType type) {
    Property& p = schema_.properties.emplace_back();
    p.identifier = std::move(identifier);
    p.label = std::move(label);
    p.type = type;
    p.step = type == PropertyType::Float ? 10.0f : 1.0f;
    return p;
  }
  void finish(Property& p) {
    if (p.identifier == name_property_) {
      schema_.name_property = &p;
    }
    if (p.default_value.is_none() && p.address && schema_.make && !p.is_column &&
        p.storage != Storage::Struct && p.storage != Storage::List && p.storage != Storage::Block) {
      void* prototype = schema_.make();
      p.default_value = read(ConstRef{nullptr, prototype}, p);
      schema_.destroy(prototype);
    }
  }

  Schema schema_;
  std::string name_property_;
};

}  // namespace kiln
