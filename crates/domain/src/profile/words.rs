//! The closed lists of a profile. Codes of the State's satisfaction study and of the 2024 census where they have one;
//! bands of age with the cuts that laws make (14, 16, 18, 60 and 65).

use crate::words::words;

words! {
    /// Gender, as the person says it.
    Gender {
        /// A woman.
        Woman = "mujer",
        /// A man.
        Man = "hombre",
        /// A trans woman.
        TransWoman = "mujer_trans",
        /// A trans man.
        TransMan = "hombre_trans",
        /// Non-binary.
        NonBinary = "no_binario",
        /// Another.
        Other = "otra",
        /// Would rather not answer.
        Unsaid = "prefiero_no_responder",
    }
}

words! {
    /// A band of age, in years.
    AgeBand {
        /// A child of whom nothing is kept without a guardian (Ley 19.628, art. 16 quáter).
        Under14 = "0-13",
        /// Sensitive data only with a guardian (the same article).
        From14 = "14-15",
        /// Not of age.
        From16 = "16-17",
        /// Adult.
        From18 = "18-29",
        /// Adult.
        From30 = "30-44",
        /// Adult.
        From45 = "45-59",
        /// May file on paper without giving reasons (DS 4 of 2020, art. 29).
        From60 = "60-64",
        /// Of the age of the universal pension (Ley 21.419).
        From65 = "65-79",
        /// Eighty and over.
        From80 = "80+",
        /// Would rather not answer.
        Unsaid = "prefiero_no_responder",
    }
}

words! {
    /// Nationality, as the State's satisfaction study asks for it.
    Nationality {
        /// Chilean.
        Chilean = "chilena",
        /// Chilean and another.
        ChileanAndOther = "chilena_y_otra",
        /// Another.
        Other = "otra",
        /// Would rather not answer.
        Unsaid = "prefiero_no_responder",
    }
}

words! {
    /// The indigenous people that the person belongs to: the list of the 2024 census.
    IndigenousPeople {
        /// Mapuche.
        Mapuche = "mapuche",
        /// Aymara.
        Aymara = "aymara",
        /// Rapa Nui.
        RapaNui = "rapa_nui",
        /// Lickanantay or Atacameño.
        Lickanantay = "lickanantay",
        /// Quechua.
        Quechua = "quechua",
        /// Colla.
        Colla = "colla",
        /// Diaguita.
        Diaguita = "diaguita",
        /// Kawésqar.
        Kawesqar = "kawesqar",
        /// Yagán.
        Yagan = "yagan",
        /// Chango.
        Chango = "chango",
        /// Selk'nam.
        Selknam = "selknam",
        /// Another.
        Other = "otro",
        /// None.
        None = "ninguno",
        /// Does not know.
        Unknown = "no_sabe",
        /// Would rather not answer.
        Unsaid = "prefiero_no_responder",
    }
}

words! {
    /// Yes, no, or neither.
    Affirmation {
        /// Yes.
        Yes = "si",
        /// No.
        No = "no",
        /// Does not know.
        Unknown = "no_sabe",
        /// Would rather not answer.
        Unsaid = "prefiero_no_responder",
    }
}

words! {
    /// The sort of organisation that the person came for. Never its name, which names people in a small place.
    Organisation {
        /// A neighbours' council (Ley 19.418).
        Neighbours = "junta_de_vecinos",
        /// Another organisation of the community: a club, a mothers' centre, a parents' centre (Ley 19.418).
        Functional = "organizacion_funcional",
        /// An association or foundation.
        Foundation = "asociacion_o_fundacion",
        /// A cooperative.
        Cooperative = "cooperativa",
        /// A medium of communication.
        Media = "medio_de_comunicacion",
        /// A public body.
        PublicBody = "organismo_publico",
        /// A union. Sensitive.
        Union = "sindicato",
        /// A trade association. Sensitive.
        TradeAssociation = "asociacion_gremial",
        /// A political party. Sensitive.
        Party = "partido_politico",
        /// A religious body. Sensitive.
        Religious = "entidad_religiosa",
        /// An indigenous community or association. Sensitive.
        IndigenousCommunity = "comunidad_indigena",
        /// One of people with a disability. Sensitive.
        Disability = "organizacion_de_discapacidad",
        /// Another.
        Other = "otra",
        /// Came for no organisation.
        None = "ninguna",
        /// Would rather not answer.
        Unsaid = "prefiero_no_responder",
    }
}

words! {
    /// What the person is in the organisation.
    OrganisationRole {
        /// Leads or represents it.
        Leader = "dirigente",
        /// Belongs to it.
        Member = "integrante",
        /// Works for it.
        Worker = "trabaja_en_ella",
        /// Another.
        Other = "otro",
        /// Would rather not answer.
        Unsaid = "prefiero_no_responder",
    }
}

words! {
    /// What it was about, coarsely. No word of this list says by itself what the person is: disability, violence or an
    /// indigenous people are no topics here.
    Topic {
        /// Social benefits, the register of households.
        Benefits = "beneficios_sociales",
        /// Pensions.
        Pensions = "pensiones",
        /// Housing and subsidies for it.
        Housing = "vivienda",
        /// Health services.
        Health = "salud",
        /// Schools and studies.
        Education = "educacion",
        /// Work and employment.
        Work = "trabajo",
        /// Identity papers and civil registers.
        Papers = "documentos_y_registros",
        /// Papers of foreigners.
        Migration = "migracion",
        /// Organisations, their papers and funds to apply for.
        Organisations = "organizaciones_y_fondos",
        /// Citizens' participation, the Government's measures and messages.
        Government = "gobierno_y_participacion",
        /// Water, light, roads, transport, the municipality.
        Services = "servicios_basicos_y_transporte",
        /// Consumer's rights.
        Consumers = "consumo",
        /// Justice, safety.
        Justice = "justicia_y_seguridad",
        /// How the person was attended, here or elsewhere.
        Attention = "atencion_recibida",
        /// Another.
        Other = "otro",
    }
}
