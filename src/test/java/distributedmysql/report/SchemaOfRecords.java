package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.MemberScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigPart;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.generator.naming.SchemaDefinitionNamingStrategy;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import distributedmysql.history.JsonRule;
import distributedmysql.run.Experiment;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The schema of the JSON summary, made from its records: their types, {@link JsonRule}, Jackson's annotations, and what may be null. A null
 * of a class that Jackson writes without nulls is an absent key, any other one is null in the JSON too.
 */
final class SchemaOfRecords {
    /** Rules are written without the quotation marks that JSON wants. */
    private static final JsonMapper RULES = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .build();

    private SchemaOfRecords() {}

    /** The schema of a summary in which these experiments have their sections. */
    static String of(List<Experiment> experiments) {
        SchemaBuilder builder = new SchemaGenerator(config().build()).buildMultipleSchemaDefinitions();
        builder.createSchemaReference(RunReport.class);
        experiments.forEach(experiment -> builder.createSchemaReference(experiment.section()));
        ObjectNode definitions = builder.collectDefinitions("$defs");

        ObjectNode schema = RULES.createObjectNode()
                .put("$schema", SchemaVersion.DRAFT_2020_12.getIdentifier())
                .put("title", "Test report of the MySQL Distributed Test Framework");
        schema.setAll((ObjectNode) definitions.remove(name(RunReport.class)));
        for (Experiment experiment : experiments) {
            String name = name(experiment.section());
            schema.withObjectProperty("properties")
                    .putObject(RunReport.jsonKey(experiment.key()))
                    .put("$ref", "#/$defs/" + name)
                    .set("description", definitions.at("/" + name + "/description"));
        }
        schema.putObject("additionalProperties")
                .put("description", "What an experiment of your own has measured, under its key.")
                .put("type", "object");
        schema.set("$defs", definitions);
        return schema.toPrettyString() + "\n";
    }

    private static SchemaGeneratorConfigBuilder config() {
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                        SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(new JacksonModule(
                        JacksonOption.FLATTENED_ENUMS_FROM_JSONVALUE,
                        JacksonOption.INCLUDE_ONLY_JSONPROPERTY_ANNOTATED_METHODS))
                .with(
                        Option.DEFINITIONS_FOR_ALL_OBJECTS,
                        Option.FIELDS_DERIVED_FROM_ARGUMENTFREE_METHODS,
                        Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT,
                        Option.INLINE_NULLABLE_SCHEMAS,
                        Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
                        Option.NONSTATIC_NONVOID_NONGETTER_METHODS,
                        Option.PLAIN_DEFINITION_KEYS)
                .without(Option.FLATTENED_OPTIONALS);
        keys(config.forFields());
        keys(config.forMethods());
        config.forMethods()
                .withPropertyNameOverrideResolver(
                        method -> method.getRawMember().getName());
        config.forFields().withIgnoreCheck(field -> field.getAnnotation(JsonAnyGetter.class) != null);
        config.forTypesInGeneral()
                .withPropertySorter((unusedOne, unusedOther) -> 0)
                .withTypeAttributeOverride(
                        (schema, scope, context) -> apply(rule(scope.getType().getErasedType()), schema))
                .withDefinitionNamingStrategy(named());
        return config;
    }

    private static void keys(SchemaGeneratorConfigPart<? extends MemberScope<?, ?>> keys) {
        keys.withTargetTypeOverridesResolver(key -> key.getType().isInstanceOf(Optional.class)
                ? List.of(key.getTypeParameterFor(Optional.class, 0))
                : null);
        keys.withRequiredCheck(key -> !mayBeAbsent(key));
        keys.withNullableCheck(key -> !mayBeAbsent(key) && mayBeNull(key));
        keys.withInstanceAttributeOverride((schema, key, context) -> {
            if (!Map.class.isAssignableFrom(typeOf(key))) {
                usual(key.getType().getErasedType(), schema);
            }
            ObjectNode rule = rule((AnnotatedElement) key.getRawMember());
            ObjectNode items = (ObjectNode) rule.remove("items");
            if (!key.isFakeContainerItemScope()) {
                apply(rule, schema);
            } else if (items != null) {
                apply(items, schema);
            }
        });
    }

    /** What is said of each type where no rule says otherwise. */
    private static void usual(Class<?> type, ObjectNode schema) {
        if (type == String.class) {
            schema.put("minLength", 1);
        } else if (type == Instant.class) {
            schema.put("pattern", "Z$");
        } else if (Number.class.isAssignableFrom(type)
                || type == int.class
                || type == long.class
                || type == double.class) {
            schema.put("minimum", 0);
        }
    }

    private static boolean mayBeAbsent(MemberScope<?, ?> key) {
        JsonInclude ofKey = ((AnnotatedElement) key.getRawMember()).getAnnotation(JsonInclude.class);
        JsonInclude ofRecord = key.getRawMember().getDeclaringClass().getAnnotation(JsonInclude.class);
        JsonInclude.Include include =
                ofKey != null ? ofKey.value() : ofRecord != null ? ofRecord.value() : JsonInclude.Include.ALWAYS;
        return switch (include) {
            case NON_NULL, NON_ABSENT -> mayBeNull(key);
            case NON_EMPTY, NON_DEFAULT -> true;
            default -> false;
        };
    }

    /** Because it says so, or is a number in a box, which it would not need otherwise. */
    private static boolean mayBeNull(MemberScope<?, ?> key) {
        AnnotatedType type = key.getRawMember() instanceof Field field
                ? field.getAnnotatedType()
                : ((Method) key.getRawMember()).getAnnotatedReturnType();
        Class<?> raw = typeOf(key);
        return type.isAnnotationPresent(Nullable.class)
                || raw == Optional.class
                || raw == Boolean.class
                || Number.class.isAssignableFrom(raw);
    }

    /** Of a list or a map, and not of what is in it. */
    private static Class<?> typeOf(MemberScope<?, ?> key) {
        return key.getRawMember() instanceof Field field
                ? field.getType()
                : ((Method) key.getRawMember()).getReturnType();
    }

    private static ObjectNode rule(AnnotatedElement annotated) {
        JsonRule rule = annotated.getAnnotation(JsonRule.class);
        try {
            return (ObjectNode) RULES.readTree("{" + (rule == null ? "" : rule.value()) + "}");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(annotated + ": " + rule.value(), e);
        }
    }

    private static void apply(ObjectNode rule, ObjectNode schema) {
        if (rule.has("exclusiveMinimum") || rule.has("const") || rule.has("enum")) {
            schema.remove(List.of("minimum", "minLength"));
        }
        rule.properties().forEach(keyword -> {
            if (keyword.getValue().isNull()) {
                schema.remove(keyword.getKey());
            } else {
                schema.set(keyword.getKey(), keyword.getValue());
            }
        });
    }

    private static SchemaDefinitionNamingStrategy named() {
        return (key, context) -> name(key.getType().getErasedType());
    }

    /** {@code Failover.Round}. */
    private static String name(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }
}
