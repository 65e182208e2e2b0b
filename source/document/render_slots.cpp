#include "document/render_slots.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/schema/builder.h"
#include "core/schema/services.h"
#include "document/image.h"
#include "document/texture_mapping.h"

namespace kiln {
namespace {

RenderSlots* slots_of(const Services* services) {
  return services ? services->find<RenderSlots>() : nullptr;
}

std::int64_t active_in(const ConstRef& ref) {
  const RenderSlots* slots = slots_of(ref.services);
  const std::int64_t count = ref.as<Image>().render_slots.size();
  return slots ? std::clamp<std::int64_t>(slots->active(), 0, std::max<std::int64_t>(count - 1, 0))
               : 0;
}

PathStep step_to(const Image& image, std::int64_t i) {
  if (i < 0 || i >= image.render_slots.size()) {
    return {};
  }
  return {Image::schema().property("render_slots"), image.render_slots.id(i), i};
}

Result<Value> add_slot(const Call& call) {
  auto& image = call.edit(Change::Settings).as<Image>();
  std::string name = call.values[0].as_string();
  if (name.empty()) {
    name = fmt::format("Slot {}", image.render_slots.size() + 1);
  }
  image.render_slots.add(RenderSlot{std::move(name)});
  return Value(Handle{image.id, {step_to(image, image.render_slots.size() - 1)}});
}

Result<Value> clear_slot(const Call& call) {
  const auto* image = call.target.block ? static_cast<const Image*>(call.target.block) : nullptr;
  RenderSlots* slots = slots_of(&call.services);
  for (std::int64_t i = 0; image && slots && i < image->render_slots.size(); ++i) {
    if (&image->render_slots[i] == call.target.data) {
      slots->clear(int(i));
    }
  }
  return Value();
}

}  // namespace

const Schema& RenderSlot::schema() {
  static const Schema schema = [] {
    SchemaBuilder<RenderSlot> s("RenderSlot", "Render Slot");
    s.add<&RenderSlot::name>("name", "Name").max_bytes(64).never_none().not_animatable();
    s.add_function("clear",
                   {parameter(PropertyType::Pointer, "iuser", "",
                              [](PropertyBuilder& p) { p.target(&ImageUser::schema); })},
                   clear_slot);
    return s.build();
  }();
  return schema;
}

const Schema& render_slots_schema() {
  static const Schema schema = [] {
    SchemaBuilder<Image> s("RenderSlots", "Render Layers");
    s.add_computed(
         PropertyType::Int, "active_index", "Active",
         [](const ConstRef& ref) { return Value(active_in(ref)); },
         [](const MutableRef& ref, const Value& value) -> Result<void> {
           if (RenderSlots* slots = slots_of(ref.services)) {
             const std::int64_t last = ref.as<Image>().render_slots.size() - 1;
             slots->set_active(
                 int(std::clamp<std::int64_t>(value.as_int(), 0, std::max<std::int64_t>(last, 0))));
           }
           return {};
         })
        .describe("The slot that is shown, and that is rendered into")
        .range(0, 32767)
        .subtype(Subtype::Unsigned)
        .default_value(std::int64_t(0));
    s.add_link(
         "active", "Active", &RenderSlot::schema,
         [](const ConstRef& ref) { return step_to(ref.as<Image>(), active_in(ref)); },
         [](const MutableRef& ref, const Value& value) -> Result<void> {
           const auto& steps = value.as_handle().steps;
           RenderSlots* slots = slots_of(ref.services);
           const std::int64_t at = steps.empty() ? -1
                                                 : ref.as<Image>().render_slots.index_of(
                                                       steps.back().item, steps.back().index);
           if (slots && at >= 0) {
             slots->set_active(int(at));
           }
           return {};
         })
        .describe("The slot that is shown, and that is rendered into");
    s.add_function("new",
                   {parameter(PropertyType::String, "name", "",
                              [](PropertyBuilder& p) { p.default_value(""); }),
                    parameter(PropertyType::Pointer, "result", "",
                              [](PropertyBuilder& p) { p.output().target(&RenderSlot::schema); })},
                   add_slot);
    return s.build();
  }();
  return schema;
}

}  // namespace kiln
