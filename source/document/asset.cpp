#include "document/asset.h"

#include <cctype>

#include "core/log.h"
#include "core/schema/registry.h"
#include "core/sole_owner.h"
#include "document/document.h"

namespace kiln {
namespace {

// The struct for writing, made where there is none yet: files give its members one by one.
AssetMetaData& ensured(DataBlock& block) {
  if (!block.asset) {
    block.asset = std::make_shared<AssetMetaData>();
  }
  return own(block.asset);
}

AssetMetaData& asset_of(const MutableRef& r) {
  return r.as<AssetMetaData>();
}

const Schema& tags_schema() {
  static const Schema schema = [] {
    struct Tag {};
    SchemaBuilder<Tag> s("AssetTags", "Asset Tags");
    s.add_function("new",
                   {parameter(PropertyType::String, "name", "",
                              [](PropertyBuilder& p) { p.required().never_none().max_bytes(64); }),
                    parameter(PropertyType::Boolean, "skip_if_exists", "Skip if Exists",
                              [](PropertyBuilder& p) { p.default_value(false); }),
                    parameter(PropertyType::Pointer, "tag", "",
                              [](PropertyBuilder& p) { p.output().target(&AssetTag::schema); })},
                   [](const Call& call) -> Result<Value> {
                     const std::string name = valid_name(call.values[0].as_string());
                     auto& asset = call.edit(Change::Settings).as<AssetMetaData>();
                     std::int64_t at = call.values[1].as_bool() ? asset.tags.find(name) : -1;
                     if (at < 0) {
                       add_asset_tag(asset, name);
                       at = asset.tags.size() - 1;
                     }
                     Handle handle = call.self;
                     handle.steps.push_back(
                         PathStep{AssetMetaData::schema().property("tags"), asset.tags.id(at)});
                     return Value(handle);
                   });
    s.add_function(
        "remove",
        {parameter(
            PropertyType::Pointer, "tag", "",
            [](PropertyBuilder& p) { p.required().never_none().target(&AssetTag::schema); })},
        [](const Call& call) -> Result<Value> {
          const auto& steps = call.values[0].as_handle().steps;
          const std::int64_t at =
              steps.empty() ? -1 : call.target.as<AssetMetaData>().tags.index_of(steps.back().item);
          if (at < 0) {
            return Error::invalid("Error: the tag is not one of asset '{}'",
                                  call.target.block->name);
          }
          auto& asset = call.edit(Change::Settings).as<AssetMetaData>();
          asset.tags.remove(at);
          asset.active_tag = std::clamp<std::int16_t>(
              asset.active_tag, 0, std::int16_t(std::max<std::int64_t>(0, asset.tags.size() - 1)));
          return Value();
        });
    return s.build();
  }();
  return schema;
}

// Members of the struct as they are stored, each among the properties of the block.
template <auto Member>
void store_text(SchemaBuilder<DataBlock>& s, const char* identifier) {
  s.add_computed(
       PropertyType::String, identifier, "",
       [](const ConstRef& r) {
         const auto& asset = r.as<DataBlock>().asset;
         return Value(asset ? (*asset).*Member : std::string());
       },
       [](const MutableRef& r, const Value& v) -> Result<void> {
         if (!v.as_string().empty() || r.as<DataBlock>().asset) {
           ensured(r.as<DataBlock>()).*Member = v.as_string();
         }
         return {};
       })
      .internal()
      .stored()
      .default_value("");
}

Value tag_names(const DataBlock& block) {
  Value::List names;
  if (block.asset) {
    for (const AssetTag& tag : block.asset->tags) {
      names.emplace_back(tag.name);
    }
  }
  return Value(std::move(names));
}

Result<void> set_tag_names(DataBlock& block, const Value& v) {
  if (v.as_list().empty() && !block.asset) {
    return {};
  }
  AssetMetaData& asset = ensured(block);
  asset.tags.clear();
  for (const Value& name : v.as_list()) {
    if (const auto* text = std::get_if<std::string>(&name.data)) {
      asset.tags.add(AssetTag{valid_name(*text)});
    }
  }
  return {};
}

void add_stored(SchemaBuilder<DataBlock>& s) {
  s.add_computed(
       PropertyType::Boolean, "stored_is_asset", "",
       [](const ConstRef& r) { return Value(r.as<DataBlock>().asset != nullptr); },
       [](const MutableRef& r, const Value& v) -> Result<void> {
         if (v.as_bool()) {
           ensured(r.as<DataBlock>());
         } else {
           r.as<DataBlock>().asset.reset();
         }
         return {};
       })
      .internal()
      .stored()
      .default_value(false);
  store_text<&AssetMetaData::author>(s, "stored_asset_author");
  store_text<&AssetMetaData::description>(s, "stored_asset_description");
  store_text<&AssetMetaData::catalog_simple_name>(s, "stored_asset_catalog_name");
  s.add_computed(
       PropertyType::String, "stored_asset_catalog", "",
       [](const ConstRef& r) {
         const auto& asset = r.as<DataBlock>().asset;
         return Value(asset && asset->catalog ? dashed(asset->catalog) : std::string());
       },
       [](const MutableRef& r, const Value& v) -> Result<void> {
         if (const std::optional<Uuid> id = parse_dashed(v.as_string())) {
           ensured(r.as<DataBlock>()).catalog = *id;
         }
         return {};
       })
      .internal()
      .stored()
      .default_value("");
  s.add_computed(
       PropertyType::Collection, "stored_asset_tags", "",
       [](const ConstRef& r) { return tag_names(r.as<DataBlock>()); },
       [](const MutableRef& r, const Value& v) { return set_tag_names(r.as<DataBlock>(), v); })
      .internal()
      .stored()
      .default_value(Value::List());
  s.add_computed(
       PropertyType::Int, "stored_asset_active_tag", "",
       [](const ConstRef& r) {
         const auto& asset = r.as<DataBlock>().asset;
         return Value(asset ? int(asset->active_tag) : 0);
       },
       [](const MutableRef& r, const Value& v) -> Result<void> {
         if (v.as_int() != 0) {
           ensured(r.as<DataBlock>()).active_tag =
               std::int16_t(std::clamp<std::int64_t>(v.as_int(), -32768, 32767));
         }
         return {};
       })
      .internal()
      .stored()
      .default_value(0);
}

Result<DataBlock*> edited(const Call& call) {
  const DataBlock* block = call.document.find(call.target.block->id);
  if (!block) {
    return Error::invalid("Error: '{}' is not a part of the document", call.target.block->name);
  }
  return &call.document.edit(block->id, Change::Settings);
}

Result<Value> mark(const Call& call) {
  const Result<DataBlock*> block = edited(call);
  if (!block) {
    return block.error();
  }
  mark_as_asset(**block);
  return Value();
}

Result<Value> clear(const Call& call) {
  const Result<DataBlock*> block = edited(call);
  if (!block) {
    return block.error();
  }
  clear_asset(**block);
  return Value();
}

}  // namespace

bool mark_as_asset(DataBlock& block) {
  if (block.asset) {
    return false;
  }
  block.asset = std::make_shared<AssetMetaData>();
  block.use_fake_user = true;
  return true;
}

bool clear_asset(DataBlock& block) {
  if (!block.asset) {
    return false;
  }
  block.asset.reset();
  block.use_fake_user = false;
  return true;
}

void add_asset_tag(AssetMetaData& asset, std::string_view name) {
  asset.tags.add(AssetTag{
      unique_item_name(name, [&](std::string_view taken) { return asset.tags.find(taken) >= 0; })});
}

std::string dashed(Uuid id) {
  std::string text = id.text();
  for (const std::size_t at : {20, 16, 12, 8}) {
    text.insert(at, 1, '-');
  }
  return text;
}

std::optional<Uuid> parse_dashed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front()))) {
    text.remove_prefix(1);
  }
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) {
    text.remove_suffix(1);
  }
  if (text.size() != 36) {
    return std::nullopt;
  }
  std::string digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_dash_here = i == 8 || i == 13 || i == 18 || i == 23;
    if ((text[i] == '-') != is_dash_here) {
      return std::nullopt;
    }
    if (!is_dash_here) {
      digits += char(std::tolower(static_cast<unsigned char>(text[i])));
    }
  }
  return Uuid::parse(digits);
}

const Schema& AssetTag::schema() {
  static const Schema schema = [] {
    SchemaBuilder<AssetTag> s("AssetTag", "Asset Tag");
    s.add<&AssetTag::name>("name", "Name").max_bytes(64).never_none().not_animatable();
    s.set_name_property("name");
    return s.build();
  }();
  return schema;
}

const Schema& AssetMetaData::schema() {
  static const Schema schema = [] {
    SchemaBuilder<AssetMetaData> s("AssetMetaData", "Asset Data");
    s.add<&AssetMetaData::author>("author", "Author").never_none().not_animatable();
    s.add<&AssetMetaData::description>("description", "Description").never_none().not_animatable();
    s.add<&AssetMetaData::tags>("tags", "Tags").not_animatable().collection_schema(&tags_schema);
    s.add_computed(
         PropertyType::Int, "active_tag", "Active Tag",
         [](const ConstRef& r) { return Value(int(r.as<AssetMetaData>().active_tag)); },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           asset_of(r).active_tag =
               std::int16_t(std::clamp<std::int64_t>(v.as_int(), -32768, 32767));
           return {};
         })
        .range(-32768, 32767)
        .default_value(0)
        .not_animatable();
    // A text that is no identifier leaves the value as it is, as in the interface; a line tells.
    s.add_computed(
         PropertyType::String, "catalog_id", "Catalog UUID",
         [](const ConstRef& r) { return Value(dashed(r.as<AssetMetaData>().catalog)); },
         [](const MutableRef& r, const Value& v) -> Result<void> {
           const std::string& text = v.as_string();
           const std::optional<Uuid> id = text.empty() ? Uuid() : parse_dashed(text);
           if (!id) {
             log(LogLevel::Warning,
                 "\"{}\" is no catalog identifier and was not set; expected hexadecimal digits in "
                 "groups of 8-4-4-4-12",
                 text);
             return {};
           }
           asset_of(r).catalog = *id;
           asset_of(r).catalog_simple_name.clear();
           return {};
         })
        .default_value("")
        .never_none()
        .not_animatable();
    s.add<&AssetMetaData::catalog_simple_name>("catalog_simple_name", "Catalog Simple Name")
        .max_bytes(64)
        .read_only()
        .never_none()
        .not_animatable();
    s.set_nested_in("ID");
    return s.build();
  }();
  return schema;
}

void add_asset_properties(SchemaBuilder<DataBlock>& s) {
  s.add_held<&DataBlock::asset>("asset_data", "Asset Data").not_animatable();
  add_stored(s);
  s.add_function("asset_mark", {}, mark);
  s.add_function("asset_clear", {}, clear);
}

void register_asset_types(Registry& registry) {
  registry.add(AssetMetaData::schema());
  registry.add(AssetTag::schema());
  registry.add(tags_schema());
}

}  // namespace kiln
