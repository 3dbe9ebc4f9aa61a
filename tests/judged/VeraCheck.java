import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.LogManager;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.VeraPDFFoundry;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Judges PDF files with veraPDF: {@code java -cp JAR VeraCheck.java FLAVOURS FILE...}, where
 * FLAVOURS are veraPDF's names, such as {@code 3a,ua1}.
 *
 * <p>For each file and flavour one line, {@code verdict FILE FLAVOUR passed|refused CHECKS}, and for
 * each rule that a refused file breaks one more, {@code broken RULE TIMES MESSAGE CONTEXT}; parts
 * are parted by tabs. A file that veraPDF cannot read is refused by the rule {@code unreadable}.
 * Ends with 0 whatever the verdicts are; any other end means that nothing was judged.
 */
public final class VeraCheck {
  private static final String PROFILES = "/org/verapdf/pdfa/validation/";

  private static final PrintStream OUT =
      new PrintStream(System.out, false, StandardCharsets.UTF_8);

  private VeraCheck() {}

  public static void main(String[] words) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    for (String id : words[0].split(",")) {
      PDFAFlavour flavour = PDFAFlavour.byFlavourId(id);
      ValidationProfile profile = readProfile(flavour);
      for (String file : List.of(words).subList(1, words.length)) {
        judge(file, flavour, profile);
      }
    }
    OUT.flush();
  }

  private static void judge(String file, PDFAFlavour flavour, ValidationProfile profile) {
    try (VeraPDFFoundry foundry = Foundries.defaultInstance();
        InputStream in = Files.newInputStream(Path.of(file));
        PDFAParser parser = foundry.createParser(in, flavour)) {
      PDFAValidator validator = foundry.createValidator(profile, 1, false, false, false);
      report(file, flavour, validator.validate(parser));
    } catch (Exception trouble) {
      say("verdict", file, flavour.getId(), "refused", 0);
      say("broken", "unreadable", 1, trouble, "");
    }
  }

  private static void report(String file, PDFAFlavour flavour, ValidationResult result) {
    String verdict = result.isCompliant() ? "passed" : "refused";
    say("verdict", file, flavour.getId(), verdict, result.getTotalAssertions());
    TreeMap<String, TestAssertion> broken = new TreeMap<>();
    for (TestAssertion one : result.getTestAssertions()) {
      if (one.getStatus() == TestAssertion.Status.FAILED) {
        broken.putIfAbsent(nameOf(one.getRuleId()), one);
      }
    }
    broken.forEach(
        (name, one) -> {
          Integer times = result.getFailedChecks().get(one.getRuleId());
          say("broken", name, times, one.getMessage(), one.getLocation().getContext());
        });
  }

  /** Returns the clause of the standard and the number of veraPDF's test of it. */
  private static String nameOf(RuleId rule) {
    return rule.getClause() + "-" + rule.getTestNumber();
  }

  private static void say(String kind, Object... parts) {
    StringBuilder line = new StringBuilder(kind);
    for (Object part : parts) {
      line.append('\t').append(String.valueOf(part).replaceAll("[\\t\\r\\n]+", " "));
    }
    OUT.println(line);
  }

  /** Reads a profile by hand: veraPDF's own way needs JAXB, which the jar does not have. */
  private static ValidationProfile readProfile(PDFAFlavour flavour) throws Exception {
    String id = flavour.getId();
    String name = id.startsWith("ua") ? "PDFUA-" + id.substring(2) : "PDFA-" + id.toUpperCase();
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    Element root;
    try (InputStream in = VeraCheck.class.getResourceAsStream(PROFILES + name + ".xml")) {
      root = factory.newDocumentBuilder().parse(in).getDocumentElement();
    }
    Set<Rule> rules = new HashSet<>();
    for (Element rule : elements(root, "rule")) {
      rules.add(readRule(rule));
    }
    Set<Variable> variables =
        elements(root, "variable").stream().map(VeraCheck::readVariable).collect(Collectors.toSet());
    if (rules.isEmpty()) {
      throw new IllegalStateException("The profile " + name + " has no rules.");
    }
    return Profiles.profileFromValues(
        flavour,
        Profiles.profileDetailsFromValues(name, name, "", new Date(0)),
        "",
        rules,
        variables);
  }

  private static Rule readRule(Element rule) {
    Element id = elements(rule, "id").get(0);
    List<ErrorArgument> arguments = new ArrayList<>();
    for (Element one : elements(rule, "argument")) {
      arguments.add(
          ErrorArgumentImpl.fromValues(one.getTextContent(), attribute(one, "name"), null));
    }
    String deferred = attribute(rule, "deferred");
    return Profiles.ruleFromValues(
        Profiles.ruleIdFromValues(
            PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
            id.getAttribute("clause"),
            Integer.parseInt(id.getAttribute("testNumber"))),
        rule.getAttribute("object"),
        deferred == null ? null : Boolean.valueOf(deferred),
        rule.getAttribute("tags"),
        text(rule, "description"),
        text(rule, "test"),
        Profiles.errorFromValues(text(rule, "message"), arguments),
        new ArrayList<>());
  }

  private static Variable readVariable(Element variable) {
    return Profiles.variableFromValues(
        variable.getAttribute("name"),
        variable.getAttribute("object"),
        text(variable, "defaultValue"),
        text(variable, "value"));
  }

  private static List<Element> elements(Element parent, String name) {
    NodeList found = parent.getElementsByTagNameNS("*", name);
    return IntStream.range(0, found.getLength())
        .mapToObj(index -> (Element) found.item(index))
        .collect(Collectors.toList());
  }

  private static String text(Element parent, String name) {
    List<Element> found = elements(parent, name);
    return found.isEmpty() ? "" : found.get(0).getTextContent();
  }

  private static String attribute(Element element, String name) {
    return element.hasAttribute(name) ? element.getAttribute(name) : null;
  }
}
